// Trains and calibrates the judge: one-cycle AdamW on slightly distorted digits, in slices.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/sliced_work.h"
#include "files/idx/image_set.h"
#include "metrics/judge.h"

namespace lf::training {

/// Training options; the defaults are the recipe of the bundled judge.
struct JudgeTrainerOptions {
  int64_t epochs = 8;
  int64_t batch = 128;
  double peak_rate = 3e-3;  ///< AdamW, one-cycle: up over a fifth of the steps, down to 0
  double weight_decay = 0.01;
  double label_smoothing = 0.05;
  double averaging = 0.998;  ///< per step; the averaged weights become the judge
  std::string data_digest;   ///< Dataset::digest, stored in the file so that another data set is detected
};

class JudgeTrainer : public SlicedWork {
 public:
  /// Keeps views of both sets, which must outlive the trainer. InputError when a set is too small
  /// or damaged.
  JudgeTrainer(const files::ImageSet& train, const files::ImageSet& test, uint64_t seed,
               JudgeTrainerOptions options = {});

  /// One optimiser step or one block of the calibration; false when finished.
  bool advance() override;
  /// Progress in [0, 1].
  double progress() const override;
  /// "training", "calibrating" or "done".
  const char* phase() const;
  int64_t step() const { return step_; }
  /// Loss of the last step (nats, with label smoothing).
  double loss() const { return loss_; }
  /// The calibrated judge; RunError before the end.
  metrics::Judge finish() const;

 private:
  // One pass over a set: its images, changed in a known way, and the statistics of their features.
  struct Pass {
    at::Tensor images;  // uint8 (N, 28, 28)
    std::function<at::Tensor(const at::Tensor&)> change;
    metrics::FeatureStats stats{metrics::kJudgeFeatures};
  };

  void start_network();
  void train_step();
  void optimise(const std::vector<at::Tensor>& gradients);
  at::Tensor next_rows();
  void begin_calibration();
  void calibration_slice();
  void pass_block();
  void floor_point();
  void end_calibration();

  at::Tensor train_images_, train_labels_, test_images_, test_labels_;
  uint64_t seed_;
  JudgeTrainerOptions options_;
  at::Generator order_generator_, noise_generator_;
  std::vector<at::Tensor> parameters_, averaged_, first_moments_, second_moments_, counters_;
  at::Tensor order_;  // of the current epoch
  int64_t step_ = 0, steps_per_epoch_ = 0, steps_total_ = 0;
  double loss_ = 0;

  std::vector<Pass> passes_;
  size_t pass_ = 0;
  int64_t next_ = 0, blocks_ = 0, blocks_total_ = 0, correct_ = 0;
  std::vector<at::Tensor> train_features_;
  at::Tensor all_features_;  // (N, 64), the same in one piece for the noise floor
  std::vector<metrics::FloorPoint> floors_;
  std::optional<metrics::Judge> judge_;  // set by the calibration, complete at the end
  bool done_ = false;
};

}  // namespace lf::training
