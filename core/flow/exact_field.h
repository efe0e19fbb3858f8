// The exact velocity field of a finite training set: what a perfect network would learn.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "flow/guidance.h"

namespace lf {

/// The field that minimises the flow-matching loss when x1 is drawn from N samples, each a Gaussian
/// of standardised mean mu_i and deviation s_i (posterior noise), as training does:
///   sigma_t = 1 - (1 - sigma_min) t,  D_i = t^2 s_i^2 + sigma_t^2  (per coordinate)
///   v_i(x)  = mu_i + (t s_i^2 - (1 - sigma_min) sigma_t) / D_i * (x - t mu_i)
///   w_i     = softmax_i(-1/2 sum_d [(x - t mu_i)^2 / D_i + ln D_i]),   v*(x, t) = sum_i w_i v_i
/// Goes through the data in chunks with a running softmax, so 60,000 x 64 needs little memory.
/// Works in float64 inside (near t = 1 the exponents cancel); answers in the dtype of x.
class ExactField {
 public:
  /// Posterior version. means, deviations: (N, ...), N >= 1, deviations >= 0. InputError else.
  ExactField(const at::Tensor& means, const at::Tensor& deviations, double sigma_min);

  /// Point version: all deviations 0.
  ExactField(const at::Tensor& points, double sigma_min);

  /// The field of the samples with that label only. labels: (N) integers. InputError when
  /// none has it or the count is wrong.
  ExactField of_digit(const at::Tensor& labels, int64_t digit) const;

  /// v*(x, t), of the shape and dtype of x. x: (B, ...) with the sample size of the data; t in [0, 1].
  /// InputError when sigma_t is below 0.001 while a deviation is 0: the field has a pole there (for
  /// points and sigma_min = 0 integrate to t = 0.999).
  at::Tensor velocity(const at::Tensor& x, double t) const;

  /// As a function for the solvers; shares the data with this object, which need not outlive it.
  VelocityField field() const;

  /// N.
  int64_t size() const { return means_.size(0); }

 private:
  void check_time(double t) const;

  at::Tensor means_;      // (N, D) float64
  at::Tensor variances_;  // (N, D) float64, squared deviations
  double sigma_min_;
  bool has_points_;  // some deviation is 0
};

}  // namespace lf
