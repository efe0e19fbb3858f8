#include "kernels/tokens/four_token_attention.h"

#include <cmath>

#include "kernels/exponential.h"
#include "kernels/lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>
#ifndef __clang__  // GCC 12's own header initialises ignored operands with themselves, and warns
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#define LF_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl")))
#endif

namespace lf::kernels {

#if defined(__x86_64__)

namespace {

constexpr int64_t kTokens = 4, kSquare = 16, kMostGroups = 16;

/// Four rows of one head's numbers, `stride` apart.
struct Rows {
  const float* values;
  int64_t stride;
};

/// Columns g … g + 3 of row t, in every quarter of a vector.
LF_AVX512 inline __m512 spread_row(const Rows& x, int64_t t, int64_t g) {
  return _mm512_broadcast_f32x4(_mm_loadu_ps(x.values + t * x.stride + g));
}

/// Columns g … g + 3 of row t in quarter t.
LF_AVX512 inline __m512 four_rows(const Rows& x, int64_t g) {
  const float* at = x.values + g;
  __m512 rows = _mm512_broadcast_f32x4(_mm_loadu_ps(at));
  rows = _mm512_mask_broadcast_f32x4(rows, 0x00f0, _mm_loadu_ps(at + x.stride));
  rows = _mm512_mask_broadcast_f32x4(rows, 0x0f00, _mm_loadu_ps(at + 2 * x.stride));
  return _mm512_mask_broadcast_f32x4(rows, 0xf000, _mm_loadu_ps(at + 3 * x.stride));
}

LF_AVX512 inline void store_four_rows(__m512 rows, float* to, int64_t stride) {
  _mm_storeu_ps(to, _mm512_castps512_ps128(rows));
  _mm_storeu_ps(to + stride, _mm512_extractf32x4_ps(rows, 1));
  _mm_storeu_ps(to + 2 * stride, _mm512_extractf32x4_ps(rows, 2));
  _mm_storeu_ps(to + 3 * stride, _mm512_extractf32x4_ps(rows, 3));
}

/// Lane j of quarter i: the sum of sums[j]'s quarter i.
LF_AVX512 inline __m512 sums_of_quarters(const __m512* sums) {
  const __m512 first =
      _mm512_add_ps(_mm512_unpacklo_ps(sums[0], sums[1]), _mm512_unpackhi_ps(sums[0], sums[1]));
  const __m512 second =
      _mm512_add_ps(_mm512_unpacklo_ps(sums[2], sums[3]), _mm512_unpackhi_ps(sums[2], sums[3]));
  return _mm512_add_ps(_mm512_shuffle_ps(first, second, 0x44), _mm512_shuffle_ps(first, second, 0xee));
}

/// The sum of each quarter, in all of its lanes.
LF_AVX512 inline __m512 sum_of_quarter(__m512 x) {
  x = _mm512_add_ps(x, _mm512_permute_ps(x, 0xb1));
  return _mm512_add_ps(x, _mm512_permute_ps(x, 0x4e));
}

LF_AVX512 inline __m512 most_of_quarter(__m512 x) {
  x = _mm512_max_ps(x, _mm512_permute_ps(x, 0xb1));
  return _mm512_max_ps(x, _mm512_permute_ps(x, 0x4e));
}

/// x[i][j] becomes x[j][i].
LF_AVX512 inline __m512 transposed(__m512 x) {
  return _mm512_permutexvar_ps(_mm512_set_epi32(15, 11, 7, 3, 14, 10, 6, 2, 13, 9, 5, 1, 12, 8, 4, 0), x);
}

/// The four numbers at x, the t-th in all lanes of quarter t.
LF_AVX512 inline __m512 by_quarter(const float* x) {
  return transposed(_mm512_broadcast_f32x4(_mm_loadu_ps(x)));
}

/// Σ_j weights[i][j]·x_j for columns g … g + 3, row i in quarter i.
LF_AVX512 inline __m512 mix(__m512 weights, const Rows& x, int64_t g) {
  __m512 sum = _mm512_mul_ps(_mm512_permute_ps(weights, 0x00), spread_row(x, 0, g));
  sum = _mm512_fmadd_ps(_mm512_permute_ps(weights, 0x55), spread_row(x, 1, g), sum);
  sum = _mm512_fmadd_ps(_mm512_permute_ps(weights, 0xaa), spread_row(x, 2, g), sum);
  return _mm512_fmadd_ps(_mm512_permute_ps(weights, 0xff), spread_row(x, 3, g), sum);
}

/// Row i of a times row j of b, in lane j of quarter i.
LF_AVX512 inline __m512 products(int64_t width, const Rows& a, const Rows& b) {
  __m512 sums[kTokens] = {};
  for (int64_t g = 0; g < width; g += 4) {
    const __m512 rows = four_rows(a, g);
    for (int64_t j = 0; j < kTokens; ++j) sums[j] = _mm512_fmadd_ps(rows, spread_row(b, j, g), sums[j]);
  }
  return sums_of_quarters(sums);
}

/// Writes 1/√(mean(x²) + ε) of the four rows to `factors`.
LF_AVX512 inline void norm_factors(int64_t width, const Rows& x, float* factors) {
  __m512 squares = _mm512_setzero_ps();
  for (int64_t g = 0; g < width; g += 4) {
    const __m512 rows = four_rows(x, g);
    squares = _mm512_fmadd_ps(rows, rows, squares);
  }
  const __m512 sums = transposed(sum_of_quarter(squares));  // every quarter holds all four
  const __m128 mean = _mm_div_ps(_mm512_castps512_ps128(sums), _mm_set1_ps(static_cast<float>(width)));
  _mm_storeu_ps(factors,
                _mm_div_ps(_mm_set1_ps(1), _mm_sqrt_ps(_mm_add_ps(mean, _mm_set1_ps(kAttentionEpsilon)))));
}

/// Weights that sum to one over each quarter.
LF_AVX512 inline __m512 softmax(__m512 scores) {
  // Lanes in memory may lie anywhere; what becomes an __m512 may not.
  alignas(64) Lanes<16>::floats power = (Lanes<16>::floats)_mm512_sub_ps(scores, most_of_quarter(scores));
  exponentiate<Lanes<16>::floats, Lanes<16>::bits>(power);
  return _mm512_div_ps((__m512)power, sum_of_quarter((__m512)power));
}

/// One head of one sample.
struct PackedHead {
  int64_t width;
  float scale;  ///< 1/√width
  Rows q, k, v;
  float *weights, *factors;

  LF_AVX512 void forward(float* out, int64_t stride) const {
    norm_factors(width, q, factors);
    norm_factors(width, k, factors + kTokens);
    const __m512 norms =
        _mm512_mul_ps(by_quarter(factors), _mm512_broadcast_f32x4(_mm_loadu_ps(factors + kTokens)));
    const __m512 scores = _mm512_mul_ps(products(width, q, k), _mm512_mul_ps(norms, _mm512_set1_ps(scale)));
    const __m512 shares = softmax(scores);
    _mm512_storeu_ps(weights, shares);
    for (int64_t g = 0; g < width; g += 4) store_four_rows(mix(shares, v, g), out + g, stride);
  }

  /// d_x of normal = factor·x from `mixing` and `others`, whose mix is the gradient with respect to
  /// normal.
  LF_AVX512 void norm_backward(const Rows& x, const float* of_rows, __m512 mixing, const Rows& others,
                               float* d_x) const {
    __m512 d_normal[kMostGroups], along = _mm512_setzero_ps();
    for (int64_t g = 0; g < width; g += 4) {
      d_normal[g / 4] = mix(mixing, others, g);
      along = _mm512_fmadd_ps(d_normal[g / 4], four_rows(x, g), along);
    }
    const __m512 factor = by_quarter(of_rows);
    const __m512 slope =
        _mm512_mul_ps(_mm512_mul_ps(factor, factor),
                      _mm512_div_ps(sum_of_quarter(along), _mm512_set1_ps(static_cast<float>(width))));
    for (int64_t g = 0; g < width; g += 4) {
      const __m512 d = _mm512_fnmadd_ps(slope, four_rows(x, g), d_normal[g / 4]);
      store_four_rows(_mm512_mul_ps(factor, d), d_x + g, x.stride);
    }
  }

  /// `part`: offset from the gradient of the queries to that of the keys, and from there to that of
  /// the values.
  LF_AVX512 void backward(const Rows& d_out, float* d_q, int64_t part) const {
    const __m512 shares = _mm512_loadu_ps(weights), d_shares = products(width, d_out, v);
    const __m512 along = sum_of_quarter(_mm512_mul_ps(shares, d_shares));
    const __m512 d_scores =
        _mm512_mul_ps(_mm512_mul_ps(_mm512_set1_ps(scale), shares), _mm512_sub_ps(d_shares, along));
    const __m512 by_columns = transposed(shares);
    for (int64_t g = 0; g < width; g += 4)
      store_four_rows(mix(by_columns, d_out, g), d_q + 2 * part + g, v.stride);
    const __m512 key_factors = _mm512_broadcast_f32x4(_mm_loadu_ps(factors + kTokens));
    norm_backward(q, factors, _mm512_mul_ps(d_scores, key_factors), k, d_q);
    norm_backward(k, factors + kTokens, transposed(_mm512_mul_ps(d_scores, by_quarter(factors))), q,
                  d_q + part);
  }
};

/// PackedHead h of sample b.
PackedHead head_of(const AttentionShape& s, const float* packed, const AttentionMemory& memory, int64_t b,
                   int64_t h) {
  const int64_t width = s.heads * s.head_width, stride = 3 * width, at = b * s.heads + h;
  const float* q = packed + b * kTokens * stride + h * s.head_width;
  return {s.head_width,
          1 / std::sqrt(static_cast<float>(s.head_width)),
          {q, stride},
          {q + width, stride},
          {q + 2 * width, stride},
          memory.weights + at * kSquare,
          memory.factors + at * 2 * kTokens};
}

}  // namespace

bool fits_four_token_attention(const AttentionShape& s) {
  static const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                             __builtin_cpu_supports("avx512vl");
  return avx512 && s.tokens == kTokens && s.head_width % 4 == 0 && s.head_width <= 4 * kMostGroups;
}

LF_AVX512
void attend_four_tokens(const AttentionShape& s, const float* packed, float* mixed,
                        const AttentionMemory& memory) {
  const int64_t width = s.heads * s.head_width;
  for (int64_t b = 0; b < s.batch; ++b) {
    for (int64_t h = 0; h < s.heads; ++h)
      head_of(s, packed, memory, b, h).forward(mixed + b * kTokens * width + h * s.head_width, width);
  }
}

LF_AVX512
void attend_four_tokens_backward(const AttentionShape& s, const float* packed, const AttentionMemory& memory,
                                 const float* d_mixed, float* d_packed) {
  const int64_t width = s.heads * s.head_width;
  for (int64_t b = 0; b < s.batch; ++b) {
    for (int64_t h = 0; h < s.heads; ++h) {
      const int64_t column = h * s.head_width;
      head_of(s, packed, memory, b, h)
          .backward({d_mixed + b * kTokens * width + column, width},
                    d_packed + b * kTokens * 3 * width + column, width);
    }
  }
}

#else

bool fits_four_token_attention(const AttentionShape&) { return false; }

void attend_four_tokens(const AttentionShape&, const float*, float*, const AttentionMemory&) {}

void attend_four_tokens_backward(const AttentionShape&, const float*, const AttentionMemory&, const float*,
                                 float*) {}

#endif

}  // namespace lf::kernels
