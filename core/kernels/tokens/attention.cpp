#include "kernels/tokens/attention.h"

#include <cmath>
#include <vector>

#include "kernels/tokens/four_token_attention.h"
#include "kernels/vector_clones.h"

namespace lf::kernels {
namespace {

LF_INLINE float dot(int64_t n, const float* a, const float* b) {
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (int64_t i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

/// y += factor·x
LF_INLINE void add_scaled(int64_t n, float factor, const float* x, float* y) {
#pragma omp simd
  for (int64_t i = 0; i < n; ++i) y[i] += factor * x[i];
}

LF_INLINE void scale_into(int64_t n, float factor, const float* x, float* y) {
#pragma omp simd
  for (int64_t i = 0; i < n; ++i) y[i] = factor * x[i];
}

/// Softmax: turns scores (n) into weights that sum to one.
LF_INLINE void softmax(int64_t n, float* scores) {
  float most = scores[0], sum = 0;
  for (int64_t i = 1; i < n; ++i) most = scores[i] > most ? scores[i] : most;
  for (int64_t i = 0; i < n; ++i) sum += scores[i] = std::exp(scores[i] - most);
  for (int64_t i = 0; i < n; ++i) scores[i] /= sum;
}

/// One head of one sample. D is the head's width and T the number of tokens if known at compile
/// time, else 0.
template <int64_t D, int64_t T>
struct Head {
  int64_t given_tokens, stride, given_width;  ///< stride: numbers from one token's queries to the next one's
  float scale;                                ///< 1/√D

  LF_INLINE int64_t width() const { return D > 0 ? D : given_width; }
  LF_INLINE int64_t tokens() const { return T > 0 ? T : given_tokens; }

  /// T rows of x times their own factors, and times `scale`.
  LF_INLINE void normalise(const float* x, float extra, float* factors, float* out) const {
    for (int64_t t = 0; t < tokens(); ++t) {
      const float* row = x + t * stride;
      factors[t] = 1 / std::sqrt(dot(width(), row, row) / static_cast<float>(width()) + kAttentionEpsilon);
      scale_into(width(), factors[t] * extra, row, out + t * width());
    }
  }

  LF_INLINE void forward(const float* q, const float* k, const float* v, int64_t out_stride, float* out,
                         float* weights, float* factors, float* room) const {
    float *queries = room, *keys = room + tokens() * width();
    normalise(q, scale, factors, queries);
    normalise(k, 1, factors + tokens(), keys);
    for (int64_t i = 0; i < tokens(); ++i) {
      float* row = weights + i * tokens();
      for (int64_t j = 0; j < tokens(); ++j) row[j] = dot(width(), queries + i * width(), keys + j * width());
      softmax(tokens(), row);
      float* mixed = out + i * out_stride;
      scale_into(width(), row[0], v, mixed);
      for (int64_t j = 1; j < tokens(); ++j) add_scaled(width(), row[j], v + j * stride, mixed);
    }
  }

  /// d_x from d_normal (both T rows), where normal = factor·x.
  LF_INLINE void normalise_backward(const float* x, const float* factors, const float* d_normal,
                                    float* d_x) const {
    for (int64_t t = 0; t < tokens(); ++t) {
      const float *row = x + t * stride, *d = d_normal + t * width();
      const float f = factors[t];
      const float slope = f * f * dot(width(), row, d) / static_cast<float>(width());
      float* out = d_x + t * stride;
      const int64_t n = width();
#pragma omp simd
      for (int64_t i = 0; i < n; ++i) out[i] = f * (d[i] - slope * row[i]);
    }
  }

  /// Gradients of queries, keys and values from d_out. `room` holds 2·T·D + T numbers.
  LF_INLINE void backward(const float* packed, int64_t part, const float* d_out, int64_t out_stride,
                          const float* weights, const float* factors, float* d_packed, float* room) const {
    const float *q = packed, *k = packed + part, *v = packed + 2 * part;
    float *d_queries = room, *d_keys = room + tokens() * width(), *d_scores = d_keys + tokens() * width();
    float* d_values = d_packed + 2 * part;
    for (int64_t i = 0; i < 2 * tokens() * width(); ++i) room[i] = 0;
    for (int64_t i = 0; i < tokens(); ++i) {
      const float *row = weights + i * tokens(), *d = d_out + i * out_stride;
      float along = 0;
      for (int64_t j = 0; j < tokens(); ++j) {
        d_scores[j] = dot(width(), d, v + j * stride);
        along += row[j] * d_scores[j];
        if (i == 0) scale_into(width(), row[j], d, d_values + j * stride);
        if (i > 0) add_scaled(width(), row[j], d, d_values + j * stride);
      }
      for (int64_t j = 0; j < tokens(); ++j) {
        const float d_score = scale * row[j] * (d_scores[j] - along);
        add_scaled(width(), d_score * factors[tokens() + j], k + j * stride, d_queries + i * width());
        add_scaled(width(), d_score * factors[i], q + i * stride, d_keys + j * width());
      }
    }
    normalise_backward(q, factors, d_queries, d_packed);
    normalise_backward(k, factors + tokens(), d_keys, d_packed + part);
  }
};

template <int64_t D, int64_t T>
LF_INLINE void all_forward(const AttentionShape& s, const float* packed, float* mixed,
                           const AttentionMemory& memory, float* room) {
  const int64_t width = s.heads * s.head_width, square = s.tokens * s.tokens;
  const Head<D, T> head{s.tokens, 3 * width, s.head_width, 1 / std::sqrt(static_cast<float>(s.head_width))};
  for (int64_t b = 0; b < s.batch; ++b) {
    for (int64_t h = 0; h < s.heads; ++h) {
      const int64_t at = b * s.heads + h;
      const float* q = packed + b * s.tokens * 3 * width + h * s.head_width;
      head.forward(q, q + width, q + 2 * width, width, mixed + b * s.tokens * width + h * s.head_width,
                   memory.weights + at * square, memory.factors + at * 2 * s.tokens, room);
    }
  }
}

template <int64_t D, int64_t T>
LF_INLINE void all_backward(const AttentionShape& s, const float* packed, const AttentionMemory& memory,
                            const float* d_mixed, float* d_packed, float* room) {
  const int64_t width = s.heads * s.head_width, square = s.tokens * s.tokens;
  const Head<D, T> head{s.tokens, 3 * width, s.head_width, 1 / std::sqrt(static_cast<float>(s.head_width))};
  for (int64_t b = 0; b < s.batch; ++b) {
    for (int64_t h = 0; h < s.heads; ++h) {
      const int64_t at = b * s.heads + h, offset = b * s.tokens * 3 * width + h * s.head_width;
      head.backward(packed + offset, width, d_mixed + b * s.tokens * width + h * s.head_width, width,
                    memory.weights + at * square, memory.factors + at * 2 * s.tokens, d_packed + offset,
                    room);
    }
  }
}

LF_VECTOR_CLONES
void attend_any(const AttentionShape& shape, const float* packed, float* mixed,
                const AttentionMemory& memory) {
  std::vector<float> room(static_cast<size_t>(2 * shape.tokens * shape.head_width));
  if (shape.tokens == 4 && shape.head_width == 24)
    return all_forward<24, 4>(shape, packed, mixed, memory, room.data());
  if (shape.tokens == 4 && shape.head_width == 32)
    return all_forward<32, 4>(shape, packed, mixed, memory, room.data());
  if (shape.head_width == 64) return all_forward<64, 0>(shape, packed, mixed, memory, room.data());
  all_forward<0, 0>(shape, packed, mixed, memory, room.data());
}

LF_VECTOR_CLONES
void attend_any_backward(const AttentionShape& shape, const float* packed, const AttentionMemory& memory,
                         const float* d_mixed, float* d_packed) {
  std::vector<float> room(static_cast<size_t>((2 * shape.head_width + 1) * shape.tokens));
  if (shape.tokens == 4 && shape.head_width == 24)
    return all_backward<24, 4>(shape, packed, memory, d_mixed, d_packed, room.data());
  if (shape.tokens == 4 && shape.head_width == 32)
    return all_backward<32, 4>(shape, packed, memory, d_mixed, d_packed, room.data());
  if (shape.head_width == 64)
    return all_backward<64, 0>(shape, packed, memory, d_mixed, d_packed, room.data());
  all_backward<0, 0>(shape, packed, memory, d_mixed, d_packed, room.data());
}

}  // namespace

void attend(const AttentionShape& shape, const float* packed, float* mixed, const AttentionMemory& memory) {
  if (fits_four_token_attention(shape)) return attend_four_tokens(shape, packed, mixed, memory);
  attend_any(shape, packed, mixed, memory);
}

void attend_backward(const AttentionShape& shape, const float* packed, const AttentionMemory& memory,
                     const float* d_mixed, float* d_packed) {
  if (fits_four_token_attention(shape))
    return attend_four_tokens_backward(shape, packed, memory, d_mixed, d_packed);
  attend_any_backward(shape, packed, memory, d_mixed, d_packed);
}

}  // namespace lf::kernels
