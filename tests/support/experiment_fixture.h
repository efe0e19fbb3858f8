// An experiment in a test: small digits, temporary folders, no thread.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/errors.h"
#include "files/tensors/safetensors.h"
#include "small_digits.h"
#include "worker/make_experiment.h"

namespace lf {

namespace fs = std::filesystem;

/// An experiment on small digits in temporary folders, driven like a session, without a thread.
class ExperimentTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    data_ = fresh_folder("experiment-data");
    write_small_digits(data_);
  }
  static void TearDownTestSuite() { fs::remove_all(data_); }
  void SetUp() override { runs_ = fresh_folder("experiment-runs"); }
  void TearDown() override { fs::remove_all(runs_); }

  std::unique_ptr<Workload> start(bool previews = false) {
    ExperimentOptions options;
    options.data = data_.string();
    options.runs = runs_.string();
    options.assets = (runs_ / "no-assets").string();
    options.preset = "tiny";
    options.tensorboard = tensorboard_;
    options.previews = previews;
    options.open_model = false;
    options.allow_download = false;
    auto workload = worker::make_experiment(options);
    until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Idle; });
    return workload;
  }

  static Snapshot look(Workload& workload) {
    Snapshot snapshot;
    workload.describe(snapshot);
    return snapshot;
  }

  /// Advances until `reached`, at most a generous number of slices.
  static Snapshot until(Workload& workload, const std::function<bool(const Snapshot&)>& reached) {
    for (int slice = 0; slice < 20000; ++slice) {
      const Snapshot now = look(workload);
      if (reached(now)) return now;
      workload.advance();
    }
    ADD_FAILURE() << "the state waited for never came; it is " << phase_name(look(workload).run->phase);
    return look(workload);
  }

  static Snapshot train(Workload& workload, const std::string& out, int64_t steps = 12) {
    workload.apply(SetCommand{"autoencoder.batch", "64"});
    workload.apply(SetCommand{"flow.batch", "64"});
    workload.apply(TrainCommand{"", Budget{0, steps, 0, 0}, out, false, true});
    return until(workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  }

  /// The run of train() into `out`, ended properly at flow step 5.
  void train_and_quit(const std::string& out) {
    const auto cut = start();
    cut->apply(SetCommand{"autoencoder.batch", "64"});
    cut->apply(SetCommand{"flow.batch", "64"});
    cut->apply(TrainCommand{"", Budget{0, 12, 0, 0}, out, false, true});
    until(*cut, [](const Snapshot& s) { return s.run->flow_step == 5; });
    cut->apply(QuitCommand{});
    EXPECT_TRUE(cut->finished());
  }

  void resume_to_the_end(const std::string& folder) {
    const auto resumed = start();
    resumed->apply(ResumeRunCommand{folder, {}});
    until(*resumed, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  }

  /// The models of two runs have the same bytes in every tensor.
  void expect_same_weights(const std::string& a, const std::string& b) const {
    const auto first = files::read_safetensors(runs_ / a / "model.safetensors");
    const auto second = files::read_safetensors(runs_ / b / "model.safetensors");
    for (const auto& [name, tensor] : first.tensors)
      EXPECT_EQ(tensor.bytes, second.tensors.at(name).bytes) << name;
  }

  static inline fs::path data_;
  fs::path runs_;
  std::string tensorboard_;  ///< of the next experiment
};

/// The message of an InputError of `action`, or "no error".
inline std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace lf
