// Attention among the few tokens of one sample, with RMS-normalised queries and keys, as plain
// loops. For 4 or 16 tokens, the overhead of a tensor library exceeds the computation.
#pragma once

#include <cstdint>

namespace lf::kernels {

/// B samples of T tokens; each row of packed numbers holds queries, keys and values of all heads, D numbers
/// each: (B·T, 3, heads, D).
struct AttentionShape {
  int64_t batch = 0, tokens = 0, heads = 0, head_width = 0;
};

inline constexpr float kAttentionEpsilon = 1e-6f;  ///< added to the mean square of a query or a key

/// Values for the backward pass: softmax weights (B, heads, T, T), and the factor that normalises
/// each query and key, 1/√(mean(x²) + kAttentionEpsilon): (B, heads, 2, T).
struct AttentionMemory {
  float *weights = nullptr, *factors = nullptr;
};

/// mixed (B·T, heads·D) = softmax(q̂ k̂ᵀ/√D) v.
void attend(const AttentionShape& shape, const float* packed, float* mixed, const AttentionMemory& memory);

/// Computes the gradient with respect to `packed` from that with respect to `mixed`.
void attend_backward(const AttentionShape& shape, const float* packed, const AttentionMemory& memory,
                     const float* d_mixed, float* d_packed);

}  // namespace lf::kernels
