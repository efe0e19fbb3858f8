// Whole runs on an accelerator that is the processor: everything of a run on a card except the
// card.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "experiment_fixture.h"
#include "files/tensors/safetensors.h"
#include "run/run_files.h"
#include "scoped_environment.h"
#include "test_paths.h"

namespace lf::worker {
namespace {

class AcceleratedRun : public ExperimentTest {
 protected:
  /// A workload that is to train on `device`.
  std::unique_ptr<Workload> start_on(const std::string& device, bool previews = false) {
    auto workload = start(previews);
    workload->apply(SetCommand{"device", device});
    return workload;
  }
  nlohmann::json report(const std::string& run) {
    return nlohmann::json::parse(run::read_text_file(runs_ / run / "report.json"));
  }

  testing::ScopedEnvironment plugin_{"LATENTFLOW_CUDA", FAKE_PLUGIN};
};

TEST_F(AcceleratedRun, TrainsFromNothingToARunFolder) {
  const auto workload = start_on("cuda");
  const Snapshot done = train(*workload, (runs_ / "a").string(), 120);
  EXPECT_EQ(done.run->flow_step, 120);
  EXPECT_EQ(done.run->autoencoder_step, 10);
  EXPECT_EQ(done.loss->flow_train.step.size(), 120u);
  EXPECT_EQ(done.loss->flow_test.step.back(), 120);
  EXPECT_EQ(done.run->device, "the processor, as a device");
  EXPECT_EQ(report("a")["device"], "the processor, as a device");
  EXPECT_EQ(report("a")["flow_steps"], 120);
}

TEST_F(AcceleratedRun, AutoTakesItAndCpuDoesNot) {
  train(*start_on("auto"), (runs_ / "auto").string());
  train(*start_on("cpu"), (runs_ / "cpu").string());
  EXPECT_EQ(report("auto")["device"], "the processor, as a device");
  EXPECT_EQ(report("cpu")["device"], "cpu");
}

TEST_F(AcceleratedRun, SameSeedSameModelWithAndWithoutLooking) {
  train(*start_on("cuda"), (runs_ / "a").string(), 40);
  train(*start_on("cuda", /*previews=*/true), (runs_ / "b").string(), 40);
  expect_same_weights("a", "b");
}

TEST_F(AcceleratedRun, PausedSavedAndResumedIsTheSameRun) {
  train(*start_on("cuda"), (runs_ / "whole").string(), 70);
  const auto cut = start_on("cuda");
  cut->apply(SetCommand{"autoencoder.batch", "64"});
  cut->apply(SetCommand{"flow.batch", "64"});
  cut->apply(TrainCommand{"", Budget{0, 70, 0, 0}, (runs_ / "cut").string(), false, true});
  until(*cut, [](const Snapshot& s) { return s.run->flow_step >= 40; });
  cut->apply(PauseCommand{});
  cut->apply(SaveCommand{});
  const int64_t stopped = look(*cut).run->flow_step;
  EXPECT_LT(stopped, 70);
  EXPECT_EQ(report("cut")["flow_steps"], stopped);
  const auto resumed = start_on("cuda");
  resumed->apply(ResumeRunCommand{(runs_ / "cut").string(), Budget{}, false});
  resumed->apply(ResumeCommand{});
  until(*resumed, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  expect_same_weights("whole", "cut");
}

TEST_F(AcceleratedRun, AStepIsOneStep) {
  const auto workload = start_on("cuda");
  workload->apply(TrainCommand{"", Budget{0, 40, 0, 0}, (runs_ / "a").string(), false, true});
  until(*workload, [](const Snapshot& s) { return s.run->flow_step >= 10; });
  workload->apply(PauseCommand{});
  for (int i = 0; i < 3; ++i) {
    const int64_t before = look(*workload).run->flow_step;
    workload->apply(StepCommand{});
    until(*workload, [](const Snapshot& s) { return !s.run->running; });
    EXPECT_EQ(look(*workload).run->flow_step, before + 1);
  }
}

TEST_F(AcceleratedRun, DrawsThePicturesOfItsEpochs) {
  const auto workload = start_on("cuda");
  workload->apply(SetCommand{"autoencoder.batch", "64"});
  workload->apply(SetCommand{"flow.batch", "64"});
  workload->apply(TrainCommand{"", Budget{0, 30, 0, 0}, (runs_ / "a").string(), false, true, "1,3"});
  until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  EXPECT_TRUE(fs::exists(runs_ / "a" / "figures" / "samples-epoch-0001.png"));
  EXPECT_TRUE(fs::exists(runs_ / "a" / "figures" / "samples-epoch-0003.png"));
}

TEST_F(AcceleratedRun, TheOriginalsNetTrainsThereWithAGradientBuffer) {
  const auto workload = start_on("cuda");
  for (const auto& [key, value] :
       {std::pair{"flow.net", "dit"}, std::pair{"flow.width", "32"}, std::pair{"flow.blocks", "1"},
        std::pair{"flow.clip", "0"}, std::pair{"flow.ema", "off"}})
    workload->apply(SetCommand{key, value});
  const Snapshot done = train(*workload, (runs_ / "a").string());
  EXPECT_EQ(done.run->flow_step, 12);
}

TEST_F(AcceleratedRun, ADemandedDeviceThatIsNotThereIsRefusedInOneLine) {
  const testing::ScopedEnvironment reason("FAKE_PLUGIN_REASON", "no CUDA device answers");
  const auto workload = start_on("cuda");
  const std::string error = error_of([&] {
    workload->apply(TrainCommand{"", Budget{0, 5, 0, 0}, (runs_ / "a").string()});
  });
  EXPECT_EQ(error.rfind("device cuda: no CUDA device answers", 0), 0u) << error;
  EXPECT_NE(error.find("--device auto or cpu"), std::string::npos);
  EXPECT_FALSE(fs::exists(runs_ / "a"));
}

TEST_F(AcceleratedRun, WithoutADeviceAutoTrainsOnTheProcessor) {
  const testing::ScopedEnvironment reason("FAKE_PLUGIN_REASON", "no CUDA device answers");
  train(*start_on("auto"), (runs_ / "a").string());
  EXPECT_EQ(report("a")["device"], "cpu");
}

}  // namespace
}  // namespace lf::worker
