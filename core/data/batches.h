// Converts a set of images to tensors in the order of training.
#pragma once

#include <ATen/ATen.h>

#include "base/image_sheet.h"
#include "base/seeds.h"
#include "files/idx/image_set.h"

namespace lf::data {

/// A copy of all pixels, uint8 (N, 784).
at::Tensor pixel_tensor(const files::ImageSet& set);
/// A copy of all labels, int64 (N).
at::Tensor label_tensor(const files::ImageSet& set);
/// Rows `indices` (B) of `pixels` uint8 (N, 784) as float32 (B, 1, 28, 28) in [0, 1].
at::Tensor image_batch(const at::Tensor& pixels, const at::Tensor& indices);
/// float32 (B, …) of 784 numbers in [0, 1] each → uint8 (B, 784), rounded.
at::Tensor to_pixels(const at::Tensor& images);
/// uint8 (N, 784) or (N, 28, 28) as a sheet, in the processor's memory.
ImageSheet image_sheet(const at::Tensor& pixels);

/// The digits of a step: a new permutation every epoch, a pure function of seed, purpose and epoch.
/// The last incomplete batch of an epoch is skipped, so every batch has the same size.
class EpochOrder {
 public:
  EpochOrder(int64_t count, int64_t batch, uint64_t seed, Purpose purpose);

  int64_t steps_per_epoch() const { return steps_per_epoch_; }
  /// Indices (batch) int64 of step `step`, counted from 0 over all epochs.
  at::Tensor indices(int64_t step);

 private:
  int64_t count_, batch_, steps_per_epoch_, epoch_ = -1;
  uint64_t seed_;
  Purpose purpose_;
  at::Tensor permutation_;
};

}  // namespace lf::data
