// `latentflow sweep` with a fake workload: its command, checks and exit codes.
#include "protocol/sweep.h"

#include <fstream>

#include "run_cli.h"

namespace lf::cli {
namespace {

class SweepCli : public ::testing::Test {
 protected:
  void SetUp() override { std::ofstream(folder_ / "f.json") << "{}"; }
  std::string file() const { return folder_ / "f.json"; }
  TemporaryFolder folder_;
};

TEST_F(SweepCli, SendsTheFileAndTheFolder) {
  const auto run = run_cli({"sweep", file(), "--out", folder_ / "new", "--data", folder_.text()});
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_TRUE(run.asked("sweep file=" + file() + " out=" + (folder_ / "new")));
  EXPECT_EQ(run.record->options.data, folder_.text());
  EXPECT_FALSE(run.record->options.open_model);
  EXPECT_TRUE(run_cli({"sweep", file(), "--estimate"}).asked("sweep file=" + file() + " estimate=on"));
  EXPECT_TRUE(run_cli({"sweep", folder_.text()}).asked("sweep file=" + folder_.text()));
}

TEST_F(SweepCli, PrintsTheLinesOfTheResult) {
  FakeRecord wishes;
  wishes.json = {R"({"event":"run","fd":5})"};
  const auto run = run_cli({"sweep", file(), "--json"}, wishes);
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_EQ(run.json_lines().at(0)["fd"], 5);
}

TEST_F(SweepCli, SaysBeforeTheStartHowManyRunsAreLeft) {
  auto sweep = std::make_shared<SweepBlock>();
  sweep->folder = "runs/x";
  sweep->runs.resize(3);
  sweep->runs[0].name = "01-s1";
  sweep->runs[0].state = SweepState::Done;
  sweep->estimate = {30, 60, 2e8, 1e12};
  FakeRecord wishes;
  wishes.sweep = sweep;
  const auto run = run_cli({"sweep", file()}, wishes);
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_NE(run.error.find("1 of 3 runs have ended before"), std::string::npos) << run.error;
  EXPECT_NE(run.error.find("2 runs, about 1 min 00 s, 0.2 GB on the disk, in runs/x"), std::string::npos)
      << run.error;
}

TEST_F(SweepCli, BadCallsAreRefusedBeforeAnythingIsLoaded) {
  const std::string missing = folder_ / "no.json";
  for (const std::vector<std::string>& words : {std::vector<std::string>{"sweep"},
                                                {"sweep", missing},
                                                {"sweep", file(), "--estimate", "--out", "x"},
                                                {"sweep", folder_.text(), "--out", folder_ / "y"}}) {
    const auto run = run_cli(words);
    EXPECT_EQ(run.code, 2) << words.back();
    EXPECT_TRUE(run.error_is_one_line()) << run.error;
    EXPECT_TRUE(run.record->commands.empty());
  }
}

}  // namespace
}  // namespace lf::cli
