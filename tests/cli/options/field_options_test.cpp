#include "cli/options/field_options.h"

#include "input_error_of.h"

namespace lf::cli {
namespace {

/// The command after these words, the last one first: the parser takes them from the end.
SampleCommand parsed(std::vector<std::string> words) {
  CLI::App app;
  SampleCommand command;
  const FieldOptions<SampleCommand> options(app, command);
  options.add(&SampleCommand::count);
  options.add(&SampleCommand::digit);
  options.add(&SampleCommand::solver);
  options.add(&SampleCommand::guidance);
  options.add(&SampleCommand::seed);
  options.add(&SampleCommand::out, "FILE");
  app.parse(std::move(words));
  return command;
}

TEST(FieldOptions, FillTheMembersOfTheCommand) {
  const SampleCommand c = parsed(
      {"x.png", "3", "--seed", "2.5", "--guidance", "rk4", "--solver", "7", "--digit", "12", "--count"});
  EXPECT_EQ(c.count, 12);
  EXPECT_EQ(c.digit, 7);
  EXPECT_EQ(c.solver, "rk4");
  EXPECT_EQ(c.guidance, 2.5);
  EXPECT_EQ(c.seed, 3u);
  EXPECT_EQ(c.out, "x.png");
  EXPECT_EQ(parsed({}).count, SampleCommand{}.count);
  EXPECT_EQ(parsed({"all", "--digit"}).digit, -1);
}

TEST(FieldOptions, HaveTheRangesAndNamesOfTheFields) {
  EXPECT_TRUE(has(input_error_of([] { parsed({"0", "--count"}); }), {"--count", "1 to 1000000"}));
  EXPECT_TRUE(has(input_error_of([] { parsed({"9", "--guidance"}); }), {"--guidance", "0 to 8"}));
  EXPECT_TRUE(has(input_error_of([] { parsed({"-1", "--seed"}); }), {"--seed", "18446744073709551615"}));
  EXPECT_TRUE(has(input_error_of([] {
                    parsed({"ten", "--digit"});
                  }),
                  {"--digit", "'ten'", "0 to 9, or all"}));
  EXPECT_TRUE(has(input_error_of([] {
                    parsed({"simpson", "--solver"});
                  }),
                  {"--solver", "'simpson'", "heun"}));
}

TEST(FieldOptions, SayTheDefaultOfTheCommandAndTheKnownNames) {
  CLI::App app;
  LikelihoodCommand likelihood;
  ReflowCommand reflow;
  TrainCommand train;
  const FieldOptions<LikelihoodCommand> options(app, likelihood);
  EXPECT_EQ(options.add(&LikelihoodCommand::split)->get_description(), "test (default) or train");
  const std::string solvers = options.add(&LikelihoodCommand::solver)->get_description();
  EXPECT_TRUE(has(solvers, {"euler, midpoint", "(default rk4)"}));
  EXPECT_TRUE(has(FieldOptions<TrainCommand>(app, train).add(&TrainCommand::preset)->get_description(),
                  {"fast, quality, original, tiny (default fast"}));
  auto* pairs = only_with("--reflow", FieldOptions<ReflowCommand>(app, reflow).add(&ReflowCommand::pairs));
  EXPECT_EQ(pairs->get_description(), "with --reflow: number of pairs (default 10000)");
}

TEST(FieldOptions, KnowOnlyFields) {
  CLI::App app;
  SampleCommand command;
  const FieldOptions<SampleCommand> options(app, command);
  EXPECT_THROW(options.add(&SampleCommand::columns), std::logic_error) << "no script can set it";
}

}  // namespace
}  // namespace lf::cli
