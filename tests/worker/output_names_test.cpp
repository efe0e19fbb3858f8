// A script may come from anyone: its output never replaces a file of another kind.
#include <gtest/gtest.h>

#include <fstream>

#include "experiment_fixture.h"

namespace lf::worker {
namespace {

TEST_F(ExperimentTest, NothingTakesThePlaceOfAFileOfAnotherKind) {
  const auto workload = start();
  train(*workload, (runs_ / "a").string());
  const std::string precious = (runs_ / ".profile").string();
  std::ofstream(precious) << "precious";
  SampleCommand labels;
  labels.out = (runs_ / "a.png").string();
  labels.labels = precious;
  SampleCommand samples;
  samples.out = precious;
  InvertCommand way;
  way.digit = 3;
  way.out = runs_.string();
  way.trajectory = precious;
  ReconstructCommand pairs;
  pairs.out = precious;
  LikelihoodCommand table;
  table.out = precious;
  ExportWeightsCommand weights;
  weights.out = precious;
  for (const Command& command : std::vector<Command>{SaveCommand{precious}, JudgeCommand{1, precious}, labels,
                                                     samples, way, pairs, table, weights}) {
    const std::string text = error_of([&] { workload->apply(command); });
    EXPECT_NE(text.find(".profile must end in ."), std::string::npos) << text;
  }
  std::string kept;
  std::getline(std::ifstream(precious), kept);
  EXPECT_EQ(kept, "precious");
}

TEST_F(ExperimentTest, NothingTakesThePlaceOfAnotherFileOfItsJobOrOfARun) {
  const auto workload = start();
  const std::string run = (runs_ / "a").string(), own = (runs_ / "original.png").string();
  train(*workload, run);
  std::ofstream(own) << "mine";
  SampleCommand twice, curves;
  twice.out = (runs_ / "s.npy").string();
  twice.labels = (runs_ / "." / "s.npy").string();
  curves.out = (runs_ / "s.png").string();
  curves.trajectory = run + "/history.csv";
  LikelihoodCommand table;
  table.out = run + "/history.csv";
  ExportWeightsCommand weights;
  weights.out = run + "/checkpoint.safetensors";
  InvertCommand mine;
  mine.picture = own;
  mine.out = runs_.string();
  for (const Command& command : std::vector<Command>{twice, curves, table, weights, mine,
                                                     JudgeCommand{1, run + "/model.safetensors"}}) {
    const std::string text = error_of([&] { workload->apply(command); });
    EXPECT_NE(text.find("name another"), std::string::npos) << text;
  }
  std::string kept;
  std::getline(std::ifstream(own), kept);
  EXPECT_EQ(kept, "mine");
}

TEST_F(ExperimentTest, StepsOfASolverThatChoosesItsOwnAreRefused) {
  const auto workload = start();
  train(*workload, (runs_ / "a").string());
  SampleCommand samples;
  samples.out = (runs_ / "s.png").string();
  samples.solver = "dopri5";
  samples.nfe = 8;
  EXPECT_NE(error_of([&] { workload->apply(samples); }).find("chooses its own steps"), std::string::npos);
}

}  // namespace
}  // namespace lf::worker
