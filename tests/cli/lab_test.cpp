// latentflow lab: what it lists, asks and refuses.
#include "lab/tools.h"
#include "run_cli.h"

namespace lf::cli {
namespace {

TEST(LabCommandLine, AloneItListsEveryToolWithItsArguments) {
  const auto run = run_cli({"lab"});
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_TRUE(run.record->commands.empty()) << "nothing is loaded";
  for (const LabToolInfo& tool : lab_tools()) {
    EXPECT_NE(run.out.find(tool.id + " "), std::string::npos) << tool.id;
    for (const LabArgument& argument : tool.arguments)
      EXPECT_NE(run.out.find(std::string(" ") + argument.key + "="), std::string::npos) << argument.key;
  }
  EXPECT_TRUE(
      has(run.out, {"unlabelled=on|off (default on)", "solver=midpoint|euler|heun|rk4", "t=0.05..0.95"}));
}

TEST(LabCommandLine, AsksForTheToolAndNeedsDigitsOnlyWhereTheToolLooksAtThem) {
  const TemporaryFolder folder;
  const auto run = run_cli({"lab", "time-grid", "steps=6", "solver=heun", "--seed", "3", "--guidance", "2",
                            "--digit", "4", "--out", folder / "grid.png"});
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_TRUE(run.asked("lab-run time-grid seed=3 digit=4 guidance=2 out=" + (folder / "grid.png") +
                        " solver=heun steps=6"));
  EXPECT_FALSE(run.record->options.need_data);
  const auto with_digits = run_cli({"lab", "map", "axes=principal"});
  EXPECT_TRUE(with_digits.asked("lab-run map seed=7 digit=all guidance=1 axes=principal"));
  EXPECT_TRUE(with_digits.record->options.need_data);
}

TEST(LabCommandLine, ARefusalIsOneLineWithTheKnownNames) {
  const std::vector<std::pair<std::vector<std::string>, std::vector<const char*>>> cases{
      {{"lab", "gost"}, {"lab gost", "known are ghost, solvers, time-grid"}},
      {{"lab", "ghost", "colour=red"}, {"lab ghost colour=red", "known are unlabelled"}},
      {{"lab", "solvers", "steps=4"}, {"takes no arguments"}},
      {{"lab", "ghost", "unlabelled"}, {"no key=value"}},
      {{"lab", "ghost", "unlabelled=on", "unlabelled=off"}, {"unlabelled is given twice"}},
      {{"lab", "map", "axes=up"}, {"known are class, principal"}},
      {{"lab", "drawing", "--guidance", "2"}, {"guidance=W"}},
      {{"lab", "ghost", "--out", "x.gif"}, {".png, .svg, .pdf, .csv"}},
      {{"lab", "ghost", "--out", "no-such-folder/x.png"}, {"does not exist"}},
      {{"lab", "ghost", "--digit", "12"}, {"--digit"}}};
  for (const auto& [words, said] : cases) {
    const auto run = run_cli(words);
    EXPECT_EQ(run.code, 2) << run.error;
    EXPECT_TRUE(run.error_is_one_line()) << run.error;
    for (const char* part : said) EXPECT_NE(run.error.find(part), std::string::npos) << run.error;
    EXPECT_TRUE(run.record->commands.empty());
  }
}

}  // namespace
}  // namespace lf::cli
