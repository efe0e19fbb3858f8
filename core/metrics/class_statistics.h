// Statistics of the classifier's predictions on generated digits: accuracy, confusions, balance.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>

#include "base/classes.h"

namespace lf::metrics {

/// Counts requested against predicted classes, block by block.
class ClassStatistics {
 public:
  /// Adds a block: `wanted` (n) int64 requested classes 0..9, `logits` (n, 10) of the classifier.
  void add(const at::Tensor& wanted, const at::Tensor& logits);

  int64_t count() const;
  /// Share of digits predicted as requested, in [0, 1]; 0 when empty.
  double accuracy() const;
  /// The same for each requested class; NaN for a class that was never requested.
  ByClass<double> digit_accuracy() const;
  /// Row = requested class, column = predicted class.
  const ByClass<ByClass<int64_t>>& confusion() const { return confusion_; }
  /// Count of each predicted class, whatever was requested.
  ByClass<int64_t> seen() const;
  /// Class balance: KL(predicted + 1 smoothing || `train_counts` + 1 smoothing) in nats,
  /// 0 = balanced as in training.
  double kl_to(const ByClass<int64_t>& train_counts) const;

 private:
  ByClass<ByClass<int64_t>> confusion_{};
};

}  // namespace lf::metrics
