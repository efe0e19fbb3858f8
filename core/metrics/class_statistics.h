// What the judge's classes say about generated digits: accuracy, confusions, balance.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>

namespace lf {

/// Counts wanted against seen digits, block by block.
class ClassStatistics {
 public:
  /// Adds a block: `wanted` (n) int64 digits 0..9 asked for, `logits` (n, 10) of the judge.
  void add(const at::Tensor& wanted, const at::Tensor& logits);

  int64_t count() const;
  /// Share of digits seen as wanted, in [0, 1]; 0 when empty.
  double accuracy() const;
  /// The same for each wanted digit; NaN for a digit never asked for.
  std::array<double, 10> digit_accuracy() const;
  /// Row = wanted digit, column = digit seen.
  const std::array<std::array<int64_t, 10>, 10>& confusion() const { return confusion_; }
  /// How often each digit was seen, whatever was wanted.
  std::array<int64_t, 10> seen() const;
  /// Class balance: KL(seen + 1 smoothing || `train_counts` + 1 smoothing) in nats, 0 = balanced as trained.
  double kl_to(const std::array<int64_t, 10>& train_counts) const;

 private:
  std::array<std::array<int64_t, 10>, 10> confusion_{};
};

}  // namespace lf
