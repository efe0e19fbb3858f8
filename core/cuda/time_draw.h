// Training times, one thread per sample: the four distributions of flow/time_sampling.h.
#pragma once

#include <math.h>

#include <cstdint>

#include "cuda/philox.h"

namespace lf::cuda {

/// Like TimeLaw of flow/time_sampling.h, which a device compiler need not read.
enum class DrawLaw : int { Uniform, Stratified, LogitNormal, Mixed };

/// Largest time, equal to kTimeMargin's.
constexpr float kLatestTime = 1.0f - 1e-5f;

/// The quantile function of N(0, 1) at `p` in (0, 1): Acklam's rational approximation (2003),
/// relative error 1.2e-9.
LF_HOST_DEVICE inline double inverse_normal(double p) {
  constexpr double kTail = 0.02425;
  if (p < kTail || p > 1 - kTail) {
    const double q = sqrt(-2 * log(p < kTail ? p : 1 - p));
    const double up =
        ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q -
          2.549732539343734e+00) *
             q +
         4.374664141464968e+00) *
            q +
        2.938163982698783e+00;
    const double down =
        (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q +
         3.754408661907416e+00) *
            q +
        1;
    return p < kTail ? up / down : -up / down;
  }
  const double q = p - 0.5, r = q * q;
  const double up = ((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r +
                      1.383577518672690e+02) *
                         r -
                     3.066479806614716e+01) *
                        r +
                    2.506628277459239e+00;
  const double down =
      ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r +
        6.680131188771972e+01) *
           r -
       1.328068155288572e+01) *
          r +
      1;
  return up * q / down;
}

/// `u` uniform in [0, 1] → logit-normal(0, 1) by the inverse distribution function, which keeps a stratified
/// batch stratified.
LF_HOST_DEVICE inline float to_logit_normal(float u) {
  if (u <= 0) return 0;
  if (u >= 1) return 1;
  return static_cast<float>(1 / (1 + exp(-inverse_normal(u))));
}

/// The time of sample `i` of `batch` at `step` in the stream `key`, in [0, 1 - 1e-5].
LF_HOST_DEVICE inline float draw_time(DrawLaw law, uint64_t key, uint64_t step, uint64_t i, uint64_t batch) {
  constexpr float kLogitNormalShare = 0.9f;
  const PhiloxWords own = random_words(key, step, i + 1);  // item 0 is the batch's own offset
  float t = unit_uniform(own.w[0]);
  if (law == DrawLaw::Stratified || law == DrawLaw::Mixed) {
    const float offset = unit_uniform(random_words(key, step, 0).w[0]);
    t = fmodf(offset + static_cast<float>(i) / static_cast<float>(batch), kLatestTime);
  }
  const bool mapped =
      law == DrawLaw::LogitNormal || (law == DrawLaw::Mixed && unit_uniform(own.w[1]) < kLogitNormalShare);
  if (mapped) t = to_logit_normal(t);
  return t < kLatestTime ? t : kLatestTime;
}

}  // namespace lf::cuda
