#include "kernels/activations.h"

#include "kernels/exponential.h"
#include "kernels/lanes.h"

namespace lf::kernels {
namespace {

template <int64_t kLanes>
LF_INLINE void to_exp(typename Lanes<kLanes>::floats& x) {
  exponentiate<typename Lanes<kLanes>::floats, typename Lanes<kLanes>::bits>(x);
}

/// e = log(1 + e) for 0 ≤ e ≤ 1 with a relative error below 3e-7: 2·artanh(e/(2 + e)), as a series
/// in odd powers up to the thirteenth.
template <class Floats>
LF_INLINE void to_log1p(Floats& e) {
  const Floats t = e / (2 + e), square = t * t;
  Floats sum = 1.0f / 11 + square * (1.0f / 13);
  sum = 1.0f / 9 + square * sum;
  sum = 1.0f / 7 + square * sum;
  sum = 1.0f / 5 + square * sum;
  sum = 1.0f / 3 + square * sum;
  e = 2 * t * (1 + square * sum);
}

template <int64_t kLanes>
LF_INLINE void to_sigmoid(typename Lanes<kLanes>::floats& x) {
  x = -x;
  to_exp<kLanes>(x);
  x = 1 / (1 + x);
}

template <int64_t kLanes>
LF_INLINE void exp_all(int64_t count, float* x) {
  for (int64_t i = 0; i < count; i += kLanes) {
    typename Lanes<kLanes>::floats value = lanes_at<kLanes>(x + i);
    to_exp<kLanes>(value);
    lanes_at<kLanes>(x + i) = value;
  }
}

template <int64_t kLanes>
LF_INLINE void sigmoid_all(int64_t count, float* x) {
  for (int64_t i = 0; i < count; i += kLanes) {
    typename Lanes<kLanes>::floats value = lanes_at<kLanes>(x + i);
    to_sigmoid<kLanes>(value);
    lanes_at<kLanes>(x + i) = value;
  }
}

template <int64_t kLanes>
LF_INLINE void silu_all(int64_t count, const float* x, const float* added, float* h) {
  for (int64_t i = 0; i < count; i += kLanes) {
    const auto value = lanes_at<kLanes>(x + i);
    typename Lanes<kLanes>::floats y = value;
    to_sigmoid<kLanes>(y);
    y *= value;
    if (added) y += lanes_at<kLanes>(added + i);
    lanes_at<kLanes>(h + i) = y;
  }
}

// silu'(x) = s·(1 + x·(1 − s)) with s = sigmoid(x), which is s + y − y·s with y = x·s.
template <int64_t kLanes>
LF_INLINE void silu_slope_all(int64_t count, float* x, const float* added, float* h) {
  for (int64_t i = 0; i < count; i += kLanes) {
    const auto value = lanes_at<kLanes>(x + i);
    typename Lanes<kLanes>::floats s = value;
    to_sigmoid<kLanes>(s);
    const auto y = value * s;
    lanes_at<kLanes>(h + i) = added ? y + lanes_at<kLanes>(added + i) : y;
    lanes_at<kLanes>(x + i) = s + (y - y * s);
  }
}

template <int64_t kLanes>
LF_INLINE double cross_entropy_all(int64_t count, const float* target, float weight, float* x) {
  using Floats = typename Lanes<kLanes>::floats;
  Floats sum{};
  for (int64_t i = 0; i < count; i += kLanes) {
    const Floats value = lanes_at<kLanes>(x + i), wanted = lanes_at<kLanes>(target + i);
    const Floats size = value < 0 ? -value : value;
    Floats e = -size;
    to_exp<kLanes>(e);
    const Floats sigmoid = (value < 0 ? e : Floats{} + 1) / (1 + e);
    lanes_at<kLanes>(x + i) = weight * (sigmoid - wanted);
    to_log1p(e);
    sum += 0.5f * (value + size) - value * wanted + e;
  }
  float total = 0;
  for (int64_t lane = 0; lane < kLanes; ++lane) total += sum[lane];
  return static_cast<double>(total);
}

LF_FOR_EVERY_WIDTH(void, exp_here, exp_all, (int64_t count, float* x), (count, x))
LF_FOR_EVERY_WIDTH(void, sigmoid_here, sigmoid_all, (int64_t count, float* x), (count, x))
LF_FOR_EVERY_WIDTH(void, silu_here, silu_all, (int64_t count, const float* x, const float* added, float* h),
                   (count, x, added, h))
LF_FOR_EVERY_WIDTH(void, silu_slope_here, silu_slope_all,
                   (int64_t count, float* x, const float* added, float* h), (count, x, added, h))
LF_FOR_EVERY_WIDTH(double, cross_entropy_here, cross_entropy_all,
                   (int64_t count, const float* target, float weight, float* x), (count, target, weight, x))

}  // namespace

void exp_in_place(int64_t count, float* x) { exp_here(count, x); }

void sigmoid_in_place(int64_t count, float* x) { sigmoid_here(count, x); }

void silu_of(int64_t count, const float* x, const float* added, float* h) { silu_here(count, x, added, h); }

void silu_with_slope(int64_t count, float* x, const float* added, float* h) {
  silu_slope_here(count, x, added, h);
}

double cross_entropy(int64_t count, const float* target, float weight, float* x) {
  return cross_entropy_here(count, target, weight, x);
}

LF_VECTOR_CLONES
void silu_backward(int64_t rows, int64_t columns, const float* dh, float* slope, float* sum) {
  for (int64_t row = 0; row < rows; ++row, dh += columns, slope += columns) {
#pragma omp simd
    for (int64_t i = 0; i < columns; ++i) {
      slope[i] *= dh[i];
      sum[i] += slope[i];
    }
  }
}

LF_VECTOR_CLONES
void add_row_sums(int64_t rows, int64_t columns, const float* x, float* sum) {
  for (int64_t row = 0; row < rows; ++row, x += columns) {
#pragma omp simd
    for (int64_t i = 0; i < columns; ++i) sum[i] += x[i];
  }
}

}  // namespace lf::kernels
