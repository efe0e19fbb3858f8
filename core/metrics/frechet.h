// The Fréchet distance between two sets of features, each described by a Gaussian. All in float64.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lf::metrics {

/// A set of D-dimensional features as mean and (unbiased) covariance.
struct GaussianStats {
  at::Tensor mean;        ///< (D), float64
  at::Tensor covariance;  ///< (D, D), float64, symmetric
  int64_t count = 0;      ///< number of features
};

/// Accumulates features block by block; the order of the blocks changes only the rounding.
class FeatureStats {
 public:
  explicit FeatureStats(int64_t dimensions);
  /// Adds `features` (n, D), any float type.
  void add(const at::Tensor& features);
  int64_t count() const { return count_; }
  /// Mean and covariance of everything added; throws RunError with fewer than two features.
  GaussianStats finish() const;

 private:
  int64_t count_ = 0;
  at::Tensor sum_;       // (D)
  at::Tensor products_;  // (D, D), sum of outer products
};

/// Mean and covariance of `features` (N, D) in one call.
GaussianStats gaussian_stats(const at::Tensor& features);

/// `|μ1-μ2|² + tr(Σ1 + Σ2 - 2 (Σ1^½ Σ2 Σ1^½)^½)` by symmetric eigenvalues, never below 0.
/// NaN when a feature was not finite.
double frechet_distance(const GaussianStats& a, const GaussianStats& b);

/// `100 · FD(generated, train) / tr(Σ_train)`: the unit of every displayed FD, "FD%".
double fd_percent(const GaussianStats& generated, const GaussianStats& train);

/// The noise floor of FD%: real digits with `count` samples. The mean over 5 samples of `count` of
/// the `train_features` (N, D) against all of them; deterministic in `seed`. `count` is limited to
/// N - 1.
double fd_floor(const at::Tensor& train_features, const GaussianStats& train, int64_t count, uint64_t seed);

/// School grade S, A, B, C, D or E of an FD%. The limits 0.35, 1, 3, 6, 15 belong to a classifier
/// on which real test digits score 0.15; they are scaled by `calibration_test_fd / 0.15`. '-' for a
/// NaN.
char grade(double fd_percent, double calibration_test_fd);

}  // namespace lf::metrics
