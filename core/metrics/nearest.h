// The nearest training rows of any kind: images by their pixels, latents by their coordinates.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "base/sliced_work.h"

namespace lf::metrics {

/// The k nearest rows of each of n queries, nearest first.
struct NearestRows {
  at::Tensor distance;  ///< (n, k) float32, Euclidean, ascending
  at::Tensor index;     ///< (n, k) int64, rows of the training set
};

/// d1 / d2 in [0, 1]: near 0 for a copy, near 1 if equally far from all; 1 where d2 is 0. Any
/// shape.
at::Tensor copy_ratio(const at::Tensor& first, const at::Tensor& second);

/// Searches the rows in blocks: one advance() is one bounded slice. uint8 images are scaled to [0,
/// 1].
class NearestSearch : public SlicedWork {
 public:
  /// Rows compared in one slice: 1.6 GFLOP with 1,000 queries of 784 numbers.
  static constexpr int64_t kBlock = 1024;

  /// queries (n, ...), rows (N, ...): uint8 or floating point, with the same number of values each;
  /// n >= 1 and 1 <= k <= N. Rows are kept as a view, not copied: they must outlive the search.
  /// InputError otherwise.
  NearestSearch(const at::Tensor& queries, const at::Tensor& rows, int64_t k);

  /// Compares all queries with the next block of rows; false when all are done.
  bool advance() override;

  /// Share of the rows compared so far, in [0, 1].
  double progress() const override { return double(next_) / double(rows_.size(0)); }

  /// The nearest so far; after fewer than k rows the missing distances are infinite and their index is 0.
  NearestRows finish() const;

 private:
  at::Tensor queries_;      // (n, D) float32
  at::Tensor query_norms_;  // (n, 1) squared
  at::Tensor rows_;         // (N, D) as given
  at::Tensor best_;         // (n, k) squared distances, ascending
  at::Tensor best_index_;   // (n, k)
  int64_t next_ = 0;
};

}  // namespace lf::metrics
