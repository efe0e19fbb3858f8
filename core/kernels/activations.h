// Loops over the activations of a convolutional network, each one pass over memory. Counts and columns are
// multiples of 16 (see conv_columns()).
#pragma once

#include <cstdint>

namespace lf::kernels {

/// x = eˣ with a relative error below 3e-7; x is clamped to [−87, 88], the range of float32. NaN
/// stays NaN.
void exp_in_place(int64_t count, float* x);

/// x = sigmoid(x).
void sigmoid_in_place(int64_t count, float* x);

/// h = added + silu(x) = added + x·sigmoid(x); `added` may be null (zero). x and h may be the same.
void silu_of(int64_t count, const float* x, const float* added, float* h);

/// The same, and x becomes silu'(x).
void silu_with_slope(int64_t count, float* x, const float* added, float* h);

/// slope ·= dh (rows, columns): the gradient before the SiLU. Its sum over the rows is added to `sum`
/// (columns).
void silu_backward(int64_t rows, int64_t columns, const float* dh, float* slope, float* sum);

/// sum (columns) += Σ over the rows of x (rows, columns).
void add_row_sums(int64_t rows, int64_t columns, const float* x, float* sum);

/// Binary cross-entropy of logits x with targets in [0, 1], summed: Σ max(x, 0) − x·target + log(1 + e^−|x|).
/// x becomes weight · its gradient, weight · (sigmoid(x) − target).
double cross_entropy(int64_t count, const float* target, float weight, float* x);

}  // namespace lf::kernels
