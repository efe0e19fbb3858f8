// Held-out losses: always the same test digits, noise and times, so that points of the curve can be
// compared.
#pragma once

#include <ATen/ATen.h>

#include "base/sliced_work.h"
#include "inference/model.h"
#include "preview/reconstruction_view.h"
#include "training/flow/trainer.h"

namespace lf::run {

/// Mean autoencoder loss (nats per digit) over fixed test digits, in slices.
class AutoencoderTest : public SlicedWork {
 public:
  AutoencoderTest(const inference::Model& model, const at::Tensor& test_pixels);
  bool advance() override;
  double progress() const override {
    return static_cast<double>(done_) / static_cast<double>(pixels_.size(0));
  }
  double result() const { return sum_ / static_cast<double>(done_); }

 private:
  const inference::Model& model_;
  at::Tensor pixels_, noise_;
  int64_t done_ = 0;
  double sum_ = 0;
};

/// Loss (nats per digit) of the mean of those digits as the only reconstruction: that of an
/// autoencoder that ignores its input. `test_pixels` (N, 784) uint8.
double mean_digit_loss(const at::Tensor& test_pixels);

/// Mean flow loss of the averaged weights over a fixed batch, and its mean per bin of t, in slices.
class FlowTest : public SlicedWork {
 public:
  FlowTest(const inference::Model& model, training::FlowBatch batch, int64_t bins);
  bool advance() override;
  double progress() const override {
    return static_cast<double>(done_) / static_cast<double>(losses_.size(0));
  }
  double result() const;
  std::vector<float> by_time() const;

 private:
  const inference::Model& model_;
  training::FlowBatch batch_;
  int64_t bins_, done_ = 0;
  at::Tensor losses_;
};

/// Number of held-out test digits: 512, fewer for a large network.
int64_t held_out_digits(const inference::Model& model, int64_t test_count);

/// The fixed held-out batch: the first test latents (all given), noise and times of the purpose
/// HeldOut, paired like the batches of training.
training::FlowBatch held_out_batch(const inference::Model& model, const training::Latents& test,
                                   const at::Tensor& labels, const training::FlowTrainingOptions& options);

}  // namespace lf::run
