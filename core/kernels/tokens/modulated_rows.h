// The operations of a transformer block between its matrix products, as plain loops over rows of
// tokens. One pass over memory replaces the five of a chain of tensor operations. No tensors are
// used; the caller owns all memory.
#pragma once

#include <cstdint>

namespace lf::kernels {

/// Rows of B samples of T tokens of W numbers each, N = B·T.
struct TokenRows {
  int64_t batch = 0, tokens = 0, width = 0;
};

/// A modulation of the tokens, (B, W): row b is of(b)[…] + bias.
struct Modulation {
  const float* values = nullptr;
  int64_t stride = 0;
  const float* bias = nullptr;    ///< (W)
  const int64_t* rows = nullptr;  ///< (B): the row of `values` for each sample; null: row b for sample b

  const float* of(int64_t b) const { return values + (rows ? rows[b] : b) * stride; }
};

/// Destination of the gradient with respect to a Modulation, for the sample and for the bias.
struct ModulationGradient {
  float* values = nullptr;
  int64_t stride = 0;
  float* bias = nullptr;
};

/// Results of a modulated LayerNorm: x̂ (N, W), 1/σ (N) and y = x̂ (1 + scale) + shift (N, W). If
/// only y is needed, x̂ may use the same memory.
struct NormRows {
  float *normal = nullptr, *inverse_deviation = nullptr, *output = nullptr;
};

/// y of x (N, W); LayerNorm without affine, epsilon 1e-6.
void modulated_norm(const TokenRows& shape, const float* x, const Modulation& shift, const Modulation& scale,
                    const NormRows& norm);

/// h (N, W) += gate·branch, then the modulated norm of h.
void gated_norm(const TokenRows& shape, float* h, const Modulation& gate, const float* branch,
                const Modulation& shift, const Modulation& scale, const NormRows& norm);

/// Backward pass of a modulated norm: dh (N, W) += d_x from dy (N, W), with the gradients of both
/// modulations, summed over the tokens of a sample.
void norm_backward(const TokenRows& shape, const NormRows& norm, const Modulation& scale, const float* dy,
                   float* dh, const ModulationGradient& d_shift, const ModulationGradient& d_scale);

/// Backward pass of h + gate·branch: d_branch (N, W) = gate·dh and the gate's gradient.
void gate_backward(const TokenRows& shape, const float* dh, const Modulation& gate, const float* branch,
                   float* d_branch, const ModulationGradient& d_gate);

/// x becomes x·sigmoid(x), `count` numbers; the result of a number does not depend on its position.
void silu(int64_t count, float* x);

/// squared = max(x, 0)², `count` numbers; both may be the same memory.
void squared_relu(int64_t count, const float* x, float* squared);
/// d, the gradient with respect to max(x, 0)², becomes that with respect to x.
void squared_relu_backward(int64_t count, const float* x, float* d);

}  // namespace lf::kernels
