// Memorisation check: each image's distances to its nearest two training digits.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>

#include "base/classes.h"
#include "base/sliced_work.h"
#include "metrics/nearest.h"

namespace lf::metrics {

/// The nearest two training images of each query by pixel distance (Euclidean, pixels in [0, 1]).
struct Neighbours {
  at::Tensor first;   ///< (n) float32, distance to the nearest
  at::Tensor second;  ///< (n) float32, distance to the second nearest
  at::Tensor index;   ///< (n) int64, row of the nearest in the training set
  /// d1 / d2 in [0, 1] (n): near 0 for a copy, near 1 if equally far from all. 1 where d2 is 0.
  at::Tensor ratio() const;
};

/// Searches the training images for the nearest two: one advance() is one bounded slice.
class NeighbourSearch : public SlicedWork {
 public:
  /// Training images compared in one slice.
  static constexpr int64_t kBlock = NearestSearch::kBlock;

  /// `queries` and `train` uint8 (n, 28, 28) or (n, 784); views are kept, not copied: `train` must
  /// outlive the search.
  NeighbourSearch(const at::Tensor& queries, const at::Tensor& train);
  /// Compares all queries with the next block of training images; false when all are done.
  bool advance() override { return search_.advance(); }
  double progress() const override { return search_.progress(); }
  Neighbours finish() const;

 private:
  NearestSearch search_;
};

/// Result for generated digits, relative to real test digits.
struct Memorisation {
  double threshold = 0;           ///< 1 % quantile of d1/d2 of real test digits
  double share_below = 0;         ///< share of samples below it; real digits give 0.01
  double median_ratio = 0;        ///< median d1/d2 of the samples
  double median_real = 0;         ///< the same of the real test digits
  bool alarm = false;             ///< share_below exceeds 0.01 by more than three standard errors
  ByClass<double> digit_ratio{};  ///< median d1/d2 of each class's samples; NaN where there is none
  ByClass<double> digit_share{};  ///< share_below of each class's samples; NaN where there is none
};

/// `labels` (n) int64: the class of each sample.
Memorisation judge_memorisation(const Neighbours& samples, const at::Tensor& labels, const Neighbours& real);

}  // namespace lf::metrics
