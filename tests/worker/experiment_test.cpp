#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "base/errors.h"
#include "data/mnist.h"
#include "experiment_fixture.h"
#include "files/tensors/npy.h"
#include "files/tensors/safetensors.h"
#include "run/run_files.h"
#include "small_digits.h"
#include "toy_judge.h"
#include "worker/make_experiment.h"
#include "worker/worker.h"

namespace lf::worker {
namespace {

TEST_F(ExperimentTest, TrainsFromNothingToARunFolder) {
  const auto workload = start();
  const Snapshot done = train(*workload, (runs_ / "a").string());
  EXPECT_EQ(done.run->flow_step, 12);
  EXPECT_EQ(done.run->autoencoder_step, 10);  // one epoch of 640 digits in batches of 64
  EXPECT_EQ(done.loss->flow_train.step.size(), 12u);
  EXPECT_FALSE(done.loss->flow_test.step.empty());
  EXPECT_TRUE(done.run->can_train_longer);
  for (const char* name : {"model.safetensors", "checkpoint.safetensors", "history.csv", "report.json",
                           "commands.log", "gallery.safetensors"}) {
    EXPECT_TRUE(fs::exists(runs_ / "a" / name)) << name;
  }
  const auto report = nlohmann::json::parse(run::read_text_file(runs_ / "a" / "report.json"));
  EXPECT_EQ(report["flow_steps"], 12);
  EXPECT_EQ(report["state"], "done");
  EXPECT_EQ(
      run::read_text_file(runs_ / "a" / "history.csv").rfind("seconds,phase,step,loss,loss_test,lr,fd\n", 0),
      0u);
}

TEST_F(ExperimentTest, SameSeedSameModel) {
  const auto first = start(), second = start();
  train(*first, (runs_ / "a").string());
  train(*second, (runs_ / "b").string());
  expect_same_weights("a", "b");
}

TEST_F(ExperimentTest, PreviewsDoNotChangeTraining) {
  const auto blind = start(false), looking = start(true);
  train(*blind, (runs_ / "a").string());
  train(*looking, (runs_ / "b").string());
  EXPECT_EQ(files::read_safetensors(runs_ / "a" / "model.safetensors").tensors.at("ema.final.weight").bytes,
            files::read_safetensors(runs_ / "b" / "model.safetensors").tensors.at("ema.final.weight").bytes);
}

TEST_F(ExperimentTest, TheFirstPicturesOfAFlowComeEarlyWhateverTheShare) {
  const auto workload = start(true);
  workload->apply(SetCommand{"preview.share", "0.0001"});
  workload->apply(SetCommand{"autoencoder.batch", "64"});
  workload->apply(SetCommand{"flow.batch", "64"});
  workload->apply(TrainCommand{"", Budget{0, 2000, 0, 0}, (runs_ / "a").string(), false, true});
  std::set<int64_t> drawn;
  until(*workload, [&](const Snapshot& s) {
    if (s.run->running && s.flow->trained_step > 0) drawn.insert(s.flow->trained_step);
    return s.run->flow_step >= 1900;
  });
  EXPECT_GE(drawn.size(), 3u);
  EXPECT_LT(*drawn.begin(), 600) << "steps of this net take less time than a picture of it";
  EXPECT_GT(*drawn.rbegin(), 600);
}

TEST_F(ExperimentTest, AnUntrainedFlowIsNotEvaluated) {
  const auto workload = start();
  workload->apply(ResetCommand{});
  EXPECT_NE(error_of([&] { workload->apply(EvaluateCommand{}); }).find("not been trained"),
            std::string::npos);
}

TEST_F(ExperimentTest, AReflowCutAnywhereAndResumedIsTheSameRun) {
  const auto first = start();
  train(*first, (runs_ / "base").string(), 30);
  const auto begin = [&](Workload& workload, const char* out) {
    workload.apply(OpenCommand{(runs_ / "base").string()});
    workload.apply(ReflowCommand{1000, Budget{0, 12, 0, 0}, (runs_ / out).string()});
  };
  begin(*first, "whole");
  until(*first, [](const Snapshot& s) { return s.run->phase == Phase::Done && s.run->flow_step == 12; });
  const auto whole = files::read_safetensors(runs_ / "whole" / "model.safetensors");
  const std::pair<const char*, std::function<bool(const Snapshot&)>> cuts[] = {
      {"pairs", [](const Snapshot& s) { return s.run->message.find("pairs") != std::string::npos; }},
      {"flow", [](const Snapshot& s) { return s.run->flow_step == 5; }}};
  for (const auto& [name, reached] : cuts) {
    const auto cut = start();
    begin(*cut, name);
    until(*cut, reached);
    for (int slice = 0; slice < 40 && name == std::string("pairs"); ++slice) cut->advance();
    cut->apply(QuitCommand{});
    resume_to_the_end((runs_ / name).string());
    const auto again = files::read_safetensors(runs_ / name / "model.safetensors");
    for (const auto& [key, tensor] : whole.tensors)
      EXPECT_EQ(tensor.bytes, again.tensors.at(key).bytes) << name << ": " << key;
  }
}

TEST_F(ExperimentTest, AReflowKeepsTheModelBefore) {
  const auto workload = start();
  train(*workload, (runs_ / "base").string(), 30);
  const auto before = files::read_safetensors(runs_ / "base" / "model.safetensors");
  workload->apply(ReflowCommand{1000, Budget{0, 8, 0, 0}, (runs_ / "straight").string()});
  const Snapshot at_work = until(*workload, [](const Snapshot& s) { return s.run->flow_step == 3; });
  EXPECT_TRUE(at_work.run->undo_ends_reflow);
  EXPECT_TRUE(at_work.run->knows_before);
  EXPECT_EQ(at_work.run->reflows, 1);
  const Snapshot done = until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  EXPECT_LT(done.loss->flow_train.value.back(), 1) << "pairs of a flow are easier than pairs by chance";
  const auto after = files::read_safetensors(runs_ / "straight" / "model.safetensors");
  size_t changed = 0;
  for (const auto& [name, tensor] : before.tensors) {
    const bool same = tensor.bytes == after.tensors.at(name).bytes;
    const bool of_autoencoder = name.rfind("autoencoder.", 0) == 0;
    EXPECT_TRUE(same || !of_autoencoder) << name;
    changed += !same;
  }
  EXPECT_GT(changed, 0u);
  workload->apply(UndoResetCommand{});
  const Snapshot undone = look(*workload);
  EXPECT_EQ(undone.run->model, "base");
  EXPECT_EQ(undone.run->flow_step, 30);
  EXPECT_EQ(undone.run->reflows, 0);
  EXPECT_FALSE(undone.run->can_undo_reset);
}

TEST_F(ExperimentTest, AReflowNeedsATrainedFlow) {
  const auto workload = start();
  EXPECT_NE(error_of([&] { workload->apply(ReflowCommand{}); }).find("reflow"), std::string::npos);
  workload->apply(ResetCommand{});
  EXPECT_NE(error_of([&] { workload->apply(ReflowCommand{}); }).find("has not been trained"),
            std::string::npos);
}

TEST_F(ExperimentTest, PauseStepResumeResetUndo) {
  const auto workload = start();
  workload->apply(SetCommand{"autoencoder.freeze", "end"});
  workload->apply(SetCommand{"autoencoder.batch", "64"});
  workload->apply(TrainCommand{});
  until(*workload, [](const Snapshot& s) { return s.run->autoencoder_step == 3; });
  workload->apply(PauseCommand{});
  EXPECT_FALSE(look(*workload).run->running);
  EXPECT_TRUE(look(*workload).run->resumable);
  workload->advance();
  EXPECT_EQ(look(*workload).run->autoencoder_step, 3) << "paused means paused";
  workload->apply(StepCommand{});
  until(*workload, [](const Snapshot& s) { return !s.run->running; });
  EXPECT_EQ(look(*workload).run->autoencoder_step, 4);
  workload->apply(ResumeCommand{});
  until(*workload, [](const Snapshot& s) { return s.run->autoencoder_step == 6; });
  workload->apply(ResetCommand{});
  EXPECT_EQ(look(*workload).run->autoencoder_step, 0);
  EXPECT_TRUE(look(*workload).run->can_undo_reset);
  EXPECT_TRUE(look(*workload).loss->autoencoder_train.step.empty());
  workload->apply(UndoResetCommand{});
  EXPECT_EQ(look(*workload).run->autoencoder_step, 6);
  workload->apply(ResumeCommand{});
  until(*workload, [](const Snapshot& s) { return s.run->autoencoder_step == 7; });
}

TEST_F(ExperimentTest, PreviewFollowsTheSettings) {
  const auto workload = start(true);
  train(*workload, (runs_ / "a").string());
  const Snapshot first =
      until(*workload, [](const Snapshot& s) { return s.flow->digits > 0 && s.flow->trained_step == 12; });
  EXPECT_EQ(first.flow->t.size(), 17u);
  EXPECT_EQ(first.flow->nfe, 32);
  EXPECT_EQ(first.flow->images.count(), static_cast<size_t>(17 * first.flow->digits));
  EXPECT_EQ(first.flow->points.size(), static_cast<size_t>(17 * first.flow->particles * 2));
  EXPECT_EQ(first.map->axes, "class axes");
  EXPECT_FALSE(first.reconstruction->index.empty());
  workload->apply(SetCommand{"preview.steps", "4"});
  workload->apply(SetCommand{"preview.digit", "3"});
  const Snapshot next = until(*workload, [](const Snapshot& s) { return s.flow->steps == 4; });
  EXPECT_EQ(next.flow->labels.front(), 3);
  workload->apply(InspectCommand{"test", "worst", -1, 0, 5});
  const Snapshot worst =
      until(*workload, [](const Snapshot& s) { return s.reconstruction->order == "worst"; });
  for (size_t i = 1; i < worst.reconstruction->mse.size(); ++i) {
    EXPECT_GE(worst.reconstruction->mse[i - 1], worst.reconstruction->mse[i]);
  }
}

TEST_F(ExperimentTest, ARowOfWishesToOneToolIsOneLineOfTheLog) {
  const auto workload = start();
  const auto asked = [&](const std::string& tool, const std::string& t) {
    workload->apply(LabCommand{tool, {{"t", t}}});
  };
  asked("field", "0.2");
  const size_t before = look(*workload).log->lines.size();
  for (int i = 0; i < 100; ++i) asked("field", i % 2 == 0 ? "0.3" : "0.4");
  EXPECT_EQ(look(*workload).log->lines.size(), before);
  EXPECT_NE(look(*workload).log->lines.back().text.find("t=0.4"), std::string::npos);
  workload->apply(SetCommand{"autosave", "30"});
  asked("field", "0.3");
  workload->apply(LabCommand{"ghost", {}});
  EXPECT_EQ(look(*workload).log->lines.size(), before + 3) << "only what follows directly on its like";
}

TEST_F(ExperimentTest, SamplesAreReproducibleAndLabelled) {
  const auto workload = start();
  train(*workload, (runs_ / "a").string());
  const auto draw = [&](const std::string& name, int64_t count) {
    SampleCommand command;
    command.count = count;
    command.seed = 7;
    command.out = (runs_ / name).string();
    command.labels = (runs_ / ("l-" + name)).string();
    const size_t before = look(*workload).results->results.size();
    workload->apply(command);
    until(*workload, [&](const Snapshot& s) { return s.results->results.size() > before; });
    return files::read_npy(command.out);
  };
  const auto a = draw("a.npy", 300), b = draw("b.npy", 300), fewer = draw("c.npy", 250);
  EXPECT_EQ(a.bytes, b.bytes);
  EXPECT_EQ(a.shape, (std::vector<int64_t>{300, 28, 28}));
  EXPECT_TRUE(std::equal(fewer.bytes.begin(), fewer.bytes.end(), a.bytes.begin()));
  EXPECT_EQ(files::read_npy(runs_ / "l-a.npy").shape, (std::vector<int64_t>{300}));
}

TEST_F(ExperimentTest, TrainsLonger) {
  const auto workload = start();
  train(*workload, (runs_ / "a").string());
  workload->apply(ResumeCommand{Budget{0, 6, 0, 0}});
  until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done && s.run->flow_step == 18; });
}

TEST_F(ExperimentTest, SecondsBecomeStepsBeforeTrainingBegins) {
  const auto workload = start();
  workload->apply(SetCommand{"flow.batch", "64"});
  workload->apply(TrainCommand{"", Budget{3, 0, 0, 0}, (runs_ / "a").string(), false, true});
  const Snapshot begun = until(*workload, [](const Snapshot& s) { return s.run->autoencoder_step >= 1; });
  EXPECT_GE(begun.run->flow_total, 1);  // how many depends on the machine: see budget_plan_test.cpp
  const Snapshot done = until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  EXPECT_EQ(done.run->flow_step, begun.run->flow_total);
}

TEST_F(ExperimentTest, AScoredRunReportsItsFigures) {
  const fs::path assets = runs_ / "no-assets";
  fs::create_directories(assets);
  const files::Dataset data = data::load_idx_folder(data_);
  metrics::Judge judge = toy_judge(data.train);
  metrics::JudgeFacts facts = judge.facts();
  facts.data_digest = data.digest;
  metrics::Judge(random_judge_weights(5), facts).save(assets / "judge.safetensors");
  const auto workload = start();
  const Snapshot done = train(*workload, (runs_ / "a").string());
  ASSERT_TRUE(done.quality->full.valid);
  EXPECT_EQ(done.quality->full.count, 10000);
  const auto report = nlohmann::json::parse(run::read_text_file(runs_ / "a" / "report.json"));
  EXPECT_NEAR(report["fd"].get<double>(), done.quality->full.fd, 1e-6 * done.quality->full.fd);
  EXPECT_GT(report["psnr"].get<double>(), 3);
  const auto stored = run::stored_score(*inference::load_model((runs_ / "a" / "model.safetensors").string()));
  EXPECT_NEAR(stored.fd, done.quality->full.fd, 1e-6 * done.quality->full.fd);
  EXPECT_EQ(stored.confusion, done.quality->full.confusion);
  EXPECT_EQ(stored.digit_accuracy, done.quality->full.digit_accuracy);
  EXPECT_NEAR(std::accumulate(stored.digit_share.begin(), stored.digit_share.end(), 0.0), 1, 1e-9);
}

}  // namespace
}  // namespace lf::worker
