#include "kernels/flat_loops.h"

#include <algorithm>

#include "kernels/vector_clones.h"

namespace lf::kernels {
namespace {

/// This many numbers are summed in float32, and their sums in double: exact enough, and as fast.
constexpr int64_t kBlock = 1024;

LF_INLINE float square_sum(int64_t n, const float* x) {
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (int64_t i = 0; i < n; ++i) sum += x[i] * x[i];
  return sum;
}

/// Adds `from` to `to` and zeroes `from`.
LF_INLINE void take(int64_t n, float* to, float* from) {
#pragma omp simd
  for (int64_t i = 0; i < n; ++i) {
    to[i] += from[i];
    from[i] = 0;
  }
}

}  // namespace

LF_VECTOR_CLONES
double add_parts(int64_t n, float* first, float* const* others, int64_t count) {
  double squares = 0;
  for (int64_t at = 0; at < n; at += kBlock) {
    const int64_t length = std::min(kBlock, n - at);
    for (int64_t part = 0; part < count; ++part) take(length, first + at, others[part] + at);
    squares += static_cast<double>(square_sum(length, first + at));
  }
  return squares;
}

LF_VECTOR_CLONES
double nesterov(int64_t n, float* gradient, float divisor, float mu, float* momentum, float* direction) {
  double squares = 0;
  const float factor = 1 / divisor, rest = 1 - mu;
  for (int64_t at = 0; at < n; at += kBlock) {
    const int64_t length = std::min(kBlock, n - at);
    float *g = gradient + at, *m = momentum + at;
    if (!direction) {
#pragma omp simd
      for (int64_t i = 0; i < length; ++i) {
        m[i] += rest * (factor * g[i] - m[i]);
        g[i] = 0;
      }
      continue;
    }
    float* d = direction + at;
#pragma omp simd
    for (int64_t i = 0; i < length; ++i) {
      const float value = factor * g[i];
      m[i] += rest * (value - m[i]);
      d[i] = value + mu * (m[i] - value);
      g[i] = 0;
    }
    squares += static_cast<double>(square_sum(length, d));
  }
  return squares;
}

}  // namespace lf::kernels
