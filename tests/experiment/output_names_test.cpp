// A script may come from anybody: what it writes never takes the place of a file of another kind.
#include <gtest/gtest.h>

#include <fstream>

#include "experiment_fixture.h"

namespace lf {
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

}  // namespace
}  // namespace lf
