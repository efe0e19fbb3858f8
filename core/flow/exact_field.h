// The exact velocity field of a finite training set: what a perfect network would learn.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>

#include "flow/paths.h"

namespace lf::flow {

/// The field that minimises the flow-matching loss when x1 is drawn from N samples. Each sample is
/// a
/// Gaussian of standardised mean mu_i and standard deviation s_i (posterior noise), as in training:
///   sigma_t = 1 - (1 - sigma_min) t,  D_i = t^2 s_i^2 + sigma_t^2  (per coordinate)
///   v_i(x)  = mu_i + (t s_i^2 - (1 - sigma_min) sigma_t) / D_i * (x - t mu_i)
///   w_i     = softmax_i(-1/2 sum_d [(x - t mu_i)^2 / D_i + ln D_i]),   v*(x, t) = sum_i w_i v_i
/// Computed in float64 (near t = 1 the exponents cancel), or in float32 where x is float32 and no
/// D_i
/// is below kLeastFloatVariance. The result has the dtype of x.
class ExactField {
 public:
  /// Variance from which on float32 suffices: it then changes a velocity by less than a thousandth
  /// of the data's standard deviation.
  static constexpr double kLeastFloatVariance = 0.01;

  /// Posterior version. means, deviations (standard deviations): (N, ...), N >= 1, deviations >= 0.
  /// InputError otherwise.
  ExactField(const at::Tensor& means, const at::Tensor& deviations, double sigma_min);

  /// Point version: all deviations 0.
  ExactField(const at::Tensor& points, double sigma_min);

  /// The field of the samples with that label. labels: (N) integers. InputError when no sample has
  /// it or the count is wrong.
  ExactField of_digit(const at::Tensor& labels, int64_t digit) const;

  /// v*(x, t), of the shape and dtype of x. x: (B, ...) with the sample size of the data; t in [0, 1].
  /// InputError when sigma_t is below 0.001 while a deviation is 0: the field has a pole there (for
  /// points and sigma_min = 0 integrate to t = 0.999).
  at::Tensor velocity(const at::Tensor& x, double t) const;

  /// `count` pairs as training makes them at time t: a sample of the data with equal probabilities,
  /// posterior noise, x0 ~ N(0, I), then ot_path. Both parts float64 (count, D).
  PathSample draw(int64_t count, double t, at::Generator& generator) const;

  /// N.
  int64_t size() const { return means_.size(0); }

 private:
  friend class ExactFieldSum;
  void check_time(double t) const;
  at::ScalarType precision(at::ScalarType asked, double t) const;

  at::Tensor means_;       // (N, D) float32 or float64, as given
  at::Tensor deviations_;  // (N, D) of the same type
  double sigma_min_;
  double least_deviation_;
};

/// v* in slices over the data, so that a worker can stop between any two and show the result so
/// far:
///   ExactFieldSum sum(field, x, t);  sum.add(0, 4096);  sum.velocity();  sum.add(4096, 4096);  ...
/// Keeps a running softmax; the order of the slices changes only the rounding.
class ExactFieldSum {
 public:
  /// x: (B, ...), B >= 1. Shares the data of `field`, which need not outlive it. Errors of
  /// ExactField::velocity.
  ExactFieldSum(const ExactField& field, const at::Tensor& x, double t);

  /// Adds rows first to first + count of the data, on all threads; each row at most once. 256
  /// queries and 4,096 rows are 0.27 GFLOP. InputError when there are no such rows.
  void add(int64_t first, int64_t count);

  /// Number of rows added so far.
  int64_t rows() const { return rows_; }

  /// The exact field of the rows added so far, of the shape and dtype of x. InputError when there
  /// are none.
  at::Tensor velocity() const;

 private:
  /// Everything is relative to the largest exponent so far, so nothing overflows.
  struct RunningSoftmax {
    at::Tensor largest;  // (B, 1) exponent
    at::Tensor weight;   // (B, 1) sum of w
    at::Tensor sums;     // (B, 2D) sum of w times each row of the packed table
    void take(const RunningSoftmax& other);
  };
  struct Packed;

  Packed packed(int64_t first, int64_t count) const;
  RunningSoftmax softmax_of(int64_t first, int64_t count) const;

  ExactField field_;
  at::Tensor x_;        // as given
  at::Tensor flat_;     // (B, D)
  at::Tensor factors_;  // (B, 2D) what a row of the packed table is multiplied with
  double t_, shrink_, sigma_t_;
  int64_t rows_ = 0;
  RunningSoftmax total_;
};

}  // namespace lf::flow
