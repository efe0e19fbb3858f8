// The loops of modulated_rows.h for a width known at compile time. A row stays in registers from its
// first sum to its result, and the modulation of a sample's tokens is read once for all of them.
#pragma once

#include <cmath>

#include "kernels/lanes.h"
#include "kernels/tokens/modulated_rows.h"

namespace lf::kernels {

inline constexpr float kNormEpsilon = 1e-6f;

/// sum = the sum of all lanes.
template <int64_t kLanes>
LF_INLINE void sum_lanes(const typename Lanes<kLanes>::floats& x, float& sum) {
  if constexpr (kLanes == 16) {
    const typename Lanes<8>::floats half = __builtin_shufflevector(x, x, 0, 1, 2, 3, 4, 5, 6, 7) +
                                           __builtin_shufflevector(x, x, 8, 9, 10, 11, 12, 13, 14, 15);
    sum_lanes<8>(half, sum);
  } else if constexpr (kLanes == 8) {
    const typename Lanes<4>::floats half =
        __builtin_shufflevector(x, x, 0, 1, 2, 3) + __builtin_shufflevector(x, x, 4, 5, 6, 7);
    sum_lanes<4>(half, sum);
  } else {
    sum = (x[0] + x[2]) + (x[1] + x[3]);
  }
}

/// kWidth numbers in vectors of kLanes.
template <int64_t kLanes, int64_t kWidth>
struct FixedRow {
  static constexpr int64_t kVectors = kWidth / kLanes;
  using Floats = typename Lanes<kLanes>::floats;
  Floats values[kVectors];

  LF_INLINE void load(const float* x) {
#pragma GCC unroll 32
    for (int64_t i = 0; i < kVectors; ++i) values[i] = lanes_at<kLanes>(x + i * kLanes);
  }
  LF_INLINE void store(float* x) const {
#pragma GCC unroll 32
    for (int64_t i = 0; i < kVectors; ++i) lanes_at<kLanes>(x + i * kLanes) = values[i];
  }
  LF_INLINE void clear() {
#pragma GCC unroll 32
    for (int64_t i = 0; i < kVectors; ++i) values[i] = Floats{};
  }
  /// extra + (values of sample b + bias)
  LF_INLINE void modulate(const Modulation& by, int64_t b, float extra) {
    const float* of = by.of(b);
#pragma GCC unroll 32
    for (int64_t i = 0; i < kVectors; ++i)
      values[i] = extra + (lanes_at<kLanes>(of + i * kLanes) + lanes_at<kLanes>(by.bias + i * kLanes));
  }
  /// this += factor·x
  LF_INLINE void add_product(const FixedRow& factor, const float* x) {
#pragma GCC unroll 32
    for (int64_t i = 0; i < kVectors; ++i) values[i] += factor.values[i] * lanes_at<kLanes>(x + i * kLanes);
  }
  /// The sum of the numbers, or of their products with another row's. Two accumulators hide the
  /// latency of an addition.
  LF_INLINE float sum() const {
    Floats sums[2] = {};
#pragma GCC unroll 32
    for (int64_t i = 0; i < kVectors; ++i) sums[i % 2] += values[i];
    float result;
    sum_lanes<kLanes>(sums[0] + sums[1], result);
    return result;
  }
  LF_INLINE float dot(const FixedRow& other) const {
    Floats sums[2] = {};
#pragma GCC unroll 32
    for (int64_t i = 0; i < kVectors; ++i) sums[i % 2] += values[i] * other.values[i];
    float result;
    sum_lanes<kLanes>(sums[0] + sums[1], result);
    return result;
  }
  /// The row becomes x̂; returns 1/σ.
  LF_INLINE float normalise() {
    const float mean = sum() / static_cast<float>(kWidth);
#pragma GCC unroll 32
    for (int64_t i = 0; i < kVectors; ++i) values[i] -= mean;
    const float inverse = 1 / std::sqrt(dot(*this) / static_cast<float>(kWidth) + kNormEpsilon);
#pragma GCC unroll 32
    for (int64_t i = 0; i < kVectors; ++i) values[i] *= inverse;
    return inverse;
  }
  /// y = this·scale + shift
  LF_INLINE void store_modulated(const FixedRow& scale, const FixedRow& shift, float* y) const {
#pragma GCC unroll 32
    for (int64_t i = 0; i < kVectors; ++i)
      lanes_at<kLanes>(y + i * kLanes) = values[i] * scale.values[i] + shift.values[i];
  }
};

/// The modulated norm of h, after h += gate·branch if there is a gate.
template <int64_t kLanes, int64_t kWidth>
LF_INLINE void fixed_norm(const TokenRows& shape, const float* h, float* changed, const Modulation* gate,
                          const float* branch, const Modulation& shift, const Modulation& scale,
                          const NormRows& norm) {
  FixedRow<kLanes, kWidth> factor, shifts, scales, x;
  const bool keeps_normal = norm.normal != norm.output;
  for (int64_t b = 0; b < shape.batch; ++b) {
    if (gate) factor.modulate(*gate, b, 0);
    shifts.modulate(shift, b, 0);
    scales.modulate(scale, b, 1);
    for (int64_t row = b * shape.tokens; row < (b + 1) * shape.tokens; ++row) {
      const int64_t at = row * kWidth;
      x.load(h + at);
      if (gate) x.add_product(factor, branch + at), x.store(changed + at);
      norm.inverse_deviation[row] = x.normalise();
      if (keeps_normal) x.store(norm.normal + at);
      x.store_modulated(scales, shifts, norm.output + at);
    }
  }
}

/// A sum over a sample's tokens, added in both places.
template <int64_t kLanes, int64_t kWidth>
LF_INLINE void add_fixed_gradient(const FixedRow<kLanes, kWidth>& sum, const ModulationGradient& to,
                                  int64_t b) {
  float* values = to.values + b * to.stride;
#pragma GCC unroll 32
  for (int64_t i = 0; i < FixedRow<kLanes, kWidth>::kVectors; ++i) {
    lanes_at<kLanes>(values + i * kLanes) += sum.values[i];
    lanes_at<kLanes>(to.bias + i * kLanes) += sum.values[i];
  }
}

template <int64_t kLanes, int64_t kWidth>
LF_INLINE void fixed_norm_backward(const TokenRows& shape, const NormRows& norm, const Modulation& scale,
                                   const float* dy, float* dh, const ModulationGradient& d_shift,
                                   const ModulationGradient& d_scale) {
  using Row = FixedRow<kLanes, kWidth>;
  Row scales, shift_sum, scale_sum, normal, g;
  for (int64_t b = 0; b < shape.batch; ++b) {
    scales.modulate(scale, b, 1);
    shift_sum.clear();
    scale_sum.clear();
    for (int64_t row = b * shape.tokens; row < (b + 1) * shape.tokens; ++row) {
      normal.load(norm.normal + row * kWidth);
      g.load(dy + row * kWidth);
#pragma GCC unroll 32
      for (int64_t i = 0; i < Row::kVectors; ++i) {
        shift_sum.values[i] += g.values[i];
        scale_sum.values[i] += g.values[i] * normal.values[i];
        g.values[i] *= scales.values[i];
      }
      const float mean = g.sum() / static_cast<float>(kWidth);
      const float slope = g.dot(normal) / static_cast<float>(kWidth), inverse = norm.inverse_deviation[row];
      float* d = dh + row * kWidth;
#pragma GCC unroll 32
      for (int64_t i = 0; i < Row::kVectors; ++i)
        lanes_at<kLanes>(d + i * kLanes) += inverse * (g.values[i] - mean - normal.values[i] * slope);
    }
    add_fixed_gradient(shift_sum, d_shift, b);
    add_fixed_gradient(scale_sum, d_scale, b);
  }
}

template <int64_t kLanes, int64_t kWidth>
LF_INLINE void fixed_gate_backward(const TokenRows& shape, const float* dh, const Modulation& gate,
                                   const float* branch, float* d_branch, const ModulationGradient& d_gate) {
  using Row = FixedRow<kLanes, kWidth>;
  Row factor, sum, d;
  for (int64_t b = 0; b < shape.batch; ++b) {
    factor.modulate(gate, b, 0);
    sum.clear();
    for (int64_t row = b * shape.tokens; row < (b + 1) * shape.tokens; ++row) {
      d.load(dh + row * kWidth);
      sum.add_product(d, branch + row * kWidth);
#pragma GCC unroll 32
      for (int64_t i = 0; i < Row::kVectors; ++i) d.values[i] *= factor.values[i];
      d.store(d_branch + row * kWidth);
    }
    add_fixed_gradient(sum, d_gate, b);
  }
}

}  // namespace lf::kernels
