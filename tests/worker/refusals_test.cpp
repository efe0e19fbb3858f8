// Requests that are rejected in one line and change nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "base/errors.h"
#include "experiment_fixture.h"
#include "files/atomic_write.h"
#include "files/tensors/safetensors.h"
#include "run/run_files.h"

namespace lf::worker {
namespace {

TEST_F(ExperimentTest, BadInputIsOneLineAndChangesNothing) {
  const auto workload = start();
  EXPECT_NE(error_of([&] { workload->apply(SampleCommand{}); }).find("needs a model"), std::string::npos);
  EXPECT_NE(error_of([&] {
              workload->apply(SetCommand{"flow.lr", "fast"});
            }).find("flow.lr"),
            std::string::npos);
  EXPECT_NE(error_of([&] { workload->apply(OpenCommand{"/no/such"}); }).find("/no/such"), std::string::npos);
  EXPECT_NE(error_of([&] {
              workload->apply(ResumeRunCommand{runs_.string(), {}});
            }).find("checkpoint"),
            std::string::npos);
  EXPECT_NE(error_of([&] { workload->apply(EvaluateCommand{}); }).find("needs a model"), std::string::npos);
  workload->apply(SetCommand{"flow.heads", "7"});
  EXPECT_NE(error_of([&] { workload->apply(TrainCommand{}); }).find("flow.heads"), std::string::npos);
  EXPECT_TRUE(fs::is_empty(runs_)) << "a refused run leaves no folder";
  for (const auto& text : {error_of([&] { workload->apply(DeleteRunCommand{runs_.string()}); })}) {
    EXPECT_EQ(text.find('\n'), std::string::npos);
  }
  EXPECT_EQ(look(*workload).run->phase, Phase::Idle);
}

TEST_F(ExperimentTest, ADamagedHistoryKeepsNoModelFromBeingOpened) {
  const auto workload = start();
  train(*workload, (runs_ / "a").string());
  fs::copy(runs_ / "a", runs_ / "b");
  files::write_file_atomically(runs_ / "b" / "history.csv", std::string("phase,step\nflow,one\n"));
  workload->apply(OpenCommand{(runs_ / "b").string()});
  const Snapshot after = look(*workload);
  EXPECT_EQ(after.run->model, "b");
  EXPECT_TRUE(after.loss->flow_train.step.empty());
  ASSERT_EQ(after.notice->substitutes.size(), 1u);
  EXPECT_NE(after.notice->substitutes[0].text.find("history.csv"), std::string::npos);
}

TEST_F(ExperimentTest, ARunIsNotResumedUntilAScore) {
  const auto workload = start();
  train(*workload, (runs_ / "a").string());
  const Budget until_score{0, 0, 0, 5};
  EXPECT_NE(error_of([&] { workload->apply(ResumeCommand{until_score}); }).find("more seconds"),
            std::string::npos);
  EXPECT_NE(error_of([&] {
              workload->apply(ResumeRunCommand{(runs_ / "a").string(), until_score});
            }).find("more seconds"),
            std::string::npos);
  EXPECT_EQ(look(*workload).run->phase, Phase::Done);
}

TEST_F(ExperimentTest, DamagedModelsAreRefused) {
  const auto workload = start();
  train(*workload, (runs_ / "a").string());
  const fs::path good = runs_ / "a" / "model.safetensors";
  const auto refuse = [&](const char* name, const std::function<void(files::Safetensors&)>& damage,
                          const std::string& reason) {
    files::Safetensors file = files::read_safetensors(good);
    damage(file);
    const fs::path bad = runs_ / name;
    files::write_safetensors(bad, file);
    EXPECT_NE(error_of([&] { inference::load_model(bad.string()); }).find(reason), std::string::npos)
        << name << ": " << error_of([&] { inference::load_model(bad.string()); });
  };
  refuse(
      "missing", [](files::Safetensors& f) { f.tensors.erase("ema.final.weight"); },
      "missing ema.final.weight");
  refuse(
      "later", [](files::Safetensors& f) { f.metadata["format"] = "latentflow-model-99"; }, "unknown");
  refuse(
      "format", [](files::Safetensors& f) { f.metadata["format"] = "other"; },
      "not a Latent Flow Explorer model");
  refuse(
      "foreign", [](files::Safetensors& f) { f.metadata.clear(); }, "not a Latent Flow Explorer model");
  refuse(
      "settings", [](files::Safetensors& f) { f.metadata["settings"] = "{"; }, "damaged");
  refuse(
      "nan",
      [](files::Safetensors& f) {
        std::fill_n(f.tensors.at("velocity.final.weight").bytes.begin(), 4, 0xFF);
      },
      "not finite");
  refuse(
      "shape",
      [](files::Safetensors& f) { std::swap(f.tensors.at("latent.scale"), f.tensors.at("velocity.labels")); },
      "velocity.labels has shape");
}

}  // namespace
}  // namespace lf::worker
