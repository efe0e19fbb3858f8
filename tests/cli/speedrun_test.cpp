// `latentflow speedrun` and `bench --set` with a fake workload: their commands, output and exit
// codes.
#include "config/speedrun.h"

#include "protocol/bench.h"
#include "run_cli.h"

namespace lf::cli {
namespace {

TEST(Speedrun, AsksForEveryTargetOrForOne) {
  const auto all = run_cli({"speedrun"});
  EXPECT_EQ(all.code, 0) << all.error;
  EXPECT_TRUE(all.asked("preset fast") && all.asked("speedrun"));
  EXPECT_FALSE(all.record->options.open_model);
  const TemporaryFolder folder;
  const auto one = run_cli({"speedrun", "--target", "2.5", "--seconds", "30", "--seed", "3", "--threads", "1",
                            "--set", "flow.width=128", "--out", folder / "new", "--data", folder.text()});
  EXPECT_EQ(one.code, 0) << one.error;
  EXPECT_TRUE(one.asked("speedrun target=2.5 seconds=30 out=" + (folder / "new")));
  for (const char* line : {"set seed 3", "set threads 1", "set flow.width 128"})
    EXPECT_TRUE(one.asked(line)) << line;
  EXPECT_EQ(one.record->options.data, folder.text());
}

TEST(Speedrun, AJudgeKeptForTheDigitsIsNotTheRules) {
  EXPECT_EQ(run_cli({"speedrun"}).record->options.judges, "");
  EXPECT_EQ(run_cli({"speedrun", "--verify", "r.json"}).record->options.judges, "");
  EXPECT_NE(run_cli({"eval"}).record->options.judges, "");
}

TEST(Speedrun, VerifiesARecord) {
  FakeRecord wishes;
  wishes.json = {R"({"holds":true})"};
  const auto run = run_cli({"speedrun", "--verify", "some one/speedrun.json", "--json"}, wishes);
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_TRUE(run.asked("verify-speedrun \"some one/speedrun.json\""));
  EXPECT_TRUE(run.json_lines().at(0)["holds"]);
  EXPECT_FALSE(run.asked("preset fast"));
}

TEST(Speedrun, PrintsItsRulesWithoutLoading) {
  const auto run = run_cli({"speedrun", "--rules"});
  EXPECT_EQ(run.code, 0);
  EXPECT_TRUE(run.record->commands.empty());
  for (const auto& line : speedrun_rules()) EXPECT_NE(run.out.find(line + "\n"), std::string::npos);
}

TEST(Bench, MeasuresWithOtherSettings) {
  const auto run = run_cli({"bench", "flow-step", "--set", "flow.width=128", "flow.batch=64"});
  EXPECT_EQ(run.code, 0) << run.error;
  for (const char* line : {"preset fast", "set flow.width 128", "set flow.batch 64", "bench flow-step"})
    EXPECT_TRUE(run.asked(line)) << line;
}

}  // namespace
}  // namespace lf::cli
