// Interrupted, stopped and diverged runs: their state, and how they continue.
#include <gtest/gtest.h>

#include <fstream>

#include "experiment_fixture.h"
#include "files/tensors/safetensors.h"
#include "run/run_files.h"

namespace lf::worker {
namespace {

TEST_F(ExperimentTest, InterruptedAndResumedIsTheSameRun) {
  const auto whole = start();
  train(*whole, (runs_ / "a").string());
  train_and_quit((runs_ / "b").string());
  resume_to_the_end((runs_ / "b").string());
  expect_same_weights("a", "b");
}

TEST_F(ExperimentTest, CutAgainWhileItMeasuresItIsStillTheSameRun) {
  const auto whole = start();
  train(*whole, (runs_ / "a").string());
  train_and_quit((runs_ / "b").string());
  const auto again = start();
  again->apply(ResumeRunCommand{(runs_ / "b").string(), {}});
  again->advance();  // the first slice of the speed probe
  again->apply(QuitCommand{});
  resume_to_the_end((runs_ / "b").string());
  expect_same_weights("a", "b");
}

TEST_F(ExperimentTest, ATornSaveIsNoProblemForTheCheckpoint) {
  const auto cut = start();
  train(*cut, (runs_ / "a").string());
  const auto whole = files::read_safetensors(runs_ / "a" / "model.safetensors");
  // Killed between the two files: the model still belongs to an earlier save, and a temporary file
  // is beside it.
  std::ofstream(runs_ / "a" / "model.safetensors", std::ios::trunc) << "an earlier one";
  std::ofstream(runs_ / "a" / ".checkpoint.safetensors.tmp123") << "half";
  resume_to_the_end((runs_ / "a").string());
  const auto again = files::read_safetensors(runs_ / "a" / "model.safetensors");
  for (const auto& [name, tensor] : whole.tensors)
    EXPECT_EQ(tensor.bytes, again.tensors.at(name).bytes) << name;
  EXPECT_FALSE(fs::exists(runs_ / "a" / ".checkpoint.safetensors.tmp123"));
}

TEST_F(ExperimentTest, AWindowKnowsAtItsStartWhatCanGoOn) {
  const auto cut = start(true);
  cut->apply(TrainCommand{"", Budget{0, 12, 0, 0}, (runs_ / "a").string(), false, true});
  until(*cut, [](const Snapshot& s) { return s.run->autoencoder_step == 2; });
  cut->finish();
  const Snapshot next = look(*start(true));
  ASSERT_EQ(next.runs->runs.size(), 1u) << "without being asked for its list";
  EXPECT_EQ(next.runs->runs[0].state, "paused");
  EXPECT_TRUE(next.runs->runs[0].resumable);
}

/// Settings with which a flow diverges after some steps.
void make_wild(Workload& workload) {
  workload.apply(SetCommand{"autoencoder.batch", "64"});
  for (const auto& [key, value] : {std::pair{"flow.batch", "64"},
                                   {"flow.lr", "0.1"},
                                   {"flow.clip", "0"},
                                   {"flow.muon_lr", "1"},
                                   {"flow.warmup", "0"},
                                   {"flow.weight_decay", "1"},
                                   {"flow.precondition", "off"}})
    workload.apply(SetCommand{key, value});
}

TEST_F(ExperimentTest, ADivergedRunStandsAtItsLastGoodState) {
  const auto workload = start();
  make_wild(*workload);
  workload->apply(TrainCommand{"", Budget{0, 2000, 0, 0}, (runs_ / "a").string(), false, true});
  until(*workload, [](const Snapshot& s) { return s.run->flow_step == 3; });
  workload->apply(SaveCommand{});
  const auto good = files::read_safetensors(runs_ / "a" / "checkpoint.safetensors");
  const Snapshot after = until(*workload, [](const Snapshot& s) { return s.notice->errors > 0; });
  EXPECT_NE(after.notice->error.find("is not a number"), std::string::npos) << after.notice->error;
  EXPECT_NE(after.notice->error.find("back at flow step 3"), std::string::npos) << after.notice->error;
  EXPECT_TRUE(after.notice->offers_lower_rate);
  EXPECT_FALSE(after.notice->error_was_input);
  EXPECT_EQ(after.run->flow_step, 3);
  EXPECT_EQ(after.run->phase, Phase::Flow)
      << "it stands in the flow, although it will measure the machine again";
  EXPECT_EQ(after.run->step, 3);
  EXPECT_TRUE(after.run->resumable);
  const LossBlock& loss = *after.loss;
  EXPECT_EQ(loss.flow_train.step.size(), 3u);
  ASSERT_FALSE(loss.flow_lost.step.empty()) << "what was given up stays to be seen";
  EXPECT_EQ(loss.flow_lost.step.front(), 4);
  EXPECT_TRUE(loss.autoencoder_lost.step.empty());
  workload->report_error("another error");
  EXPECT_FALSE(look(*workload).notice->offers_lower_rate) << "lower rates do not help there";
  workload->apply(SaveCommand{});
  const auto kept = files::read_safetensors(runs_ / "a" / "checkpoint.safetensors");
  for (const auto& [name, tensor] : good.tensors) {
    const bool weights = name.rfind("state.", 0) != 0;
    EXPECT_TRUE(!weights || tensor.bytes == kept.tensors.at(name).bytes) << name;
  }
  workload->apply(ResumeCommand{{}, 0.001});
  EXPECT_NE(look(*workload).run->announcements.back().find("0.001 of their settings"), std::string::npos);
  // Curves follow the steps a little later.
  until(*workload,
        [](const Snapshot& s) { return s.run->flow_step >= 30 && s.loss->flow_rate.step.back() >= 30; });
  EXPECT_EQ(look(*workload).notice->errors, 2u) << "at a thousandth of the rate it learns";
  EXPECT_NEAR(look(*workload).loss->flow_rate.value.back(), 1e-4, 1e-6);
  EXPECT_EQ(look(*workload).run->rate_factor, 0.001);
  EXPECT_EQ(look(*workload).notice->error, "another error") << "that one was not about the rates";
}

TEST_F(ExperimentTest, ADivergedRunThatGoesOnForgetsTheError) {
  const auto workload = start();
  make_wild(*workload);
  workload->apply(TrainCommand{"", Budget{0, 2000, 0, 0}, (runs_ / "a").string(), false, true});
  until(*workload, [](const Snapshot& s) { return s.notice->errors > 0; });
  workload->apply(ResumeCommand{{}, 0.001});
  EXPECT_EQ(look(*workload).notice->error, "");
  EXPECT_EQ(look(*workload).notice->errors, 1u);
}

TEST_F(ExperimentTest, AFinishedAutoencoderIsSavedBeforeItsFlowBegins) {
  const auto workload = start();
  workload->apply(SetCommand{"autoencoder.batch", "64"});
  workload->apply(SetCommand{"flow.batch", "64"});
  workload->apply(TrainCommand{"", Budget{0, 12, 0, 0}, (runs_ / "a").string(), false, true});
  until(*workload, [](const Snapshot& s) { return s.run->flow_step == 2; });
  const run::Checkpoint saved = run::load_checkpoint(runs_ / "a");
  EXPECT_EQ(saved.model->autoencoder_steps, look(*workload).run->encoder_total);
  EXPECT_LE(saved.model->flow_steps, 1);
}

TEST_F(ExperimentTest, AnotherRunForgetsTheErrorOfTheLast) {
  const auto workload = start();
  train(*workload, (runs_ / "a").string());
  workload->report_error("something went wrong");
  EXPECT_FALSE(look(*workload).notice->error.empty());
  train(*workload, (runs_ / "b").string());
  EXPECT_TRUE(look(*workload).notice->error.empty());
}

}  // namespace
}  // namespace lf::worker
