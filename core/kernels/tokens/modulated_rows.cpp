#include "kernels/tokens/modulated_rows.h"

#include <cmath>
#include <vector>

#include "kernels/tokens/fixed_rows.h"
#include "kernels/vector_clones.h"

namespace lf::kernels {
namespace {

/// x̂ of one row (w); returns 1/σ.
LF_INLINE float normalise(int64_t w, const float* x, float* normal) {
  float sum = 0, squares = 0;
#pragma omp simd reduction(+ : sum)
  for (int64_t i = 0; i < w; ++i) sum += x[i];
  const float mean = sum / static_cast<float>(w);
#pragma omp simd reduction(+ : squares)
  for (int64_t i = 0; i < w; ++i) squares += (x[i] - mean) * (x[i] - mean);
  const float inverse = 1 / std::sqrt(squares / static_cast<float>(w) + kNormEpsilon);
#pragma omp simd
  for (int64_t i = 0; i < w; ++i) normal[i] = (x[i] - mean) * inverse;
  return inverse;
}

/// Row `row` of x normalised and modulated; `shift` and `scale` are those of its sample.
LF_INLINE void norm_row(int64_t w, int64_t row, const float* x, const float* shift, const float* shift_bias,
                        const float* scale, const float* scale_bias, const NormRows& norm) {
  float* normal = norm.normal + row * w;
  float* output = norm.output + row * w;
  norm.inverse_deviation[row] = normalise(w, x, normal);
#pragma omp simd
  for (int64_t i = 0; i < w; ++i) {
    output[i] = normal[i] * (1 + (scale[i] + scale_bias[i])) + (shift[i] + shift_bias[i]);
  }
}

/// Adds the sum over a sample's tokens (w) in both places.
LF_INLINE void add_gradient(int64_t w, const float* sum, const ModulationGradient& to, int64_t sample) {
  float* values = to.values + sample * to.stride;
#pragma omp simd
  for (int64_t i = 0; i < w; ++i) {
    values[i] += sum[i];
    to.bias[i] += sum[i];
  }
}

/// Backward pass of one row through the norm; `gradient` is scratch memory for a row.
LF_INLINE void norm_row_backward(int64_t w, const float* normal, float inverse, const float* scale1,
                                 const float* dy, float* dh, float* shift_sum, float* scale_sum) {
  float sum = 0, along = 0;
#pragma omp simd reduction(+ : sum, along)
  for (int64_t i = 0; i < w; ++i) {
    const float g = dy[i] * scale1[i];
    sum += g;
    along += g * normal[i];
    shift_sum[i] += dy[i];
    scale_sum[i] += dy[i] * normal[i];
  }
  const float mean = sum / static_cast<float>(w), slope = along / static_cast<float>(w);
#pragma omp simd
  for (int64_t i = 0; i < w; ++i) dh[i] += inverse * (dy[i] * scale1[i] - mean - normal[i] * slope);
}

LF_VECTOR_CLONES
void plain_modulated_norm(const TokenRows& shape, const float* x, const Modulation& shift,
                          const Modulation& scale, const NormRows& norm) {
  const int64_t w = shape.width;
  for (int64_t b = 0; b < shape.batch; ++b) {
    for (int64_t row = b * shape.tokens; row < (b + 1) * shape.tokens; ++row) {
      norm_row(w, row, x + row * w, shift.of(b), shift.bias, scale.of(b), scale.bias, norm);
    }
  }
}

LF_VECTOR_CLONES
void plain_gated_norm(const TokenRows& shape, float* h, const Modulation& gate, const float* branch,
                      const Modulation& shift, const Modulation& scale, const NormRows& norm) {
  const int64_t w = shape.width;
  for (int64_t b = 0; b < shape.batch; ++b) {
    const float* factor = gate.of(b);
    for (int64_t row = b * shape.tokens; row < (b + 1) * shape.tokens; ++row) {
      float* x = h + row * w;
      const float* added = branch + row * w;
#pragma omp simd
      for (int64_t i = 0; i < w; ++i) x[i] += (factor[i] + gate.bias[i]) * added[i];
      norm_row(w, row, x, shift.of(b), shift.bias, scale.of(b), scale.bias, norm);
    }
  }
}

LF_VECTOR_CLONES
void plain_norm_backward(const TokenRows& shape, const NormRows& norm, const Modulation& scale,
                         const float* dy, float* dh, const ModulationGradient& d_shift,
                         const ModulationGradient& d_scale) {
  const int64_t w = shape.width;
  std::vector<float> room(static_cast<size_t>(3 * w));
  float *scale1 = room.data(), *shift_sum = scale1 + w, *scale_sum = shift_sum + w;
  for (int64_t b = 0; b < shape.batch; ++b) {
    const float* values = scale.of(b);
#pragma omp simd
    for (int64_t i = 0; i < w; ++i) {
      scale1[i] = 1 + (values[i] + scale.bias[i]);
      shift_sum[i] = scale_sum[i] = 0;
    }
    for (int64_t row = b * shape.tokens; row < (b + 1) * shape.tokens; ++row) {
      norm_row_backward(w, norm.normal + row * w, norm.inverse_deviation[row], scale1, dy + row * w,
                        dh + row * w, shift_sum, scale_sum);
    }
    add_gradient(w, shift_sum, d_shift, b);
    add_gradient(w, scale_sum, d_scale, b);
  }
}

LF_VECTOR_CLONES
void plain_gate_backward(const TokenRows& shape, const float* dh, const Modulation& gate, const float* branch,
                         float* d_branch, const ModulationGradient& d_gate) {
  const int64_t w = shape.width;
  std::vector<float> room(static_cast<size_t>(2 * w));
  float *factor = room.data(), *sum = factor + w;
  for (int64_t b = 0; b < shape.batch; ++b) {
    const float* values = gate.of(b);
#pragma omp simd
    for (int64_t i = 0; i < w; ++i) {
      factor[i] = values[i] + gate.bias[i];
      sum[i] = 0;
    }
    for (int64_t row = b * shape.tokens; row < (b + 1) * shape.tokens; ++row) {
      const float *d = dh + row * w, *x = branch + row * w;
      float* out = d_branch + row * w;
#pragma omp simd
      for (int64_t i = 0; i < w; ++i) {
        out[i] = factor[i] * d[i];
        sum[i] += x[i] * d[i];
      }
    }
    add_gradient(w, sum, d_gate, b);
  }
}

/// True for the widths of the presets, for which the loops are compiled.
bool known_width(int64_t width) { return width == 96 || width == 128 || width == 256; }

template <int64_t kLanes>
LF_INLINE void norm_of_known_width(const TokenRows& shape, const float* h, float* changed,
                                   const Modulation* gate, const float* branch, const Modulation& shift,
                                   const Modulation& scale, const NormRows& norm) {
  if (shape.width == 96) return fixed_norm<kLanes, 96>(shape, h, changed, gate, branch, shift, scale, norm);
  if (shape.width == 128) return fixed_norm<kLanes, 128>(shape, h, changed, gate, branch, shift, scale, norm);
  fixed_norm<kLanes, 256>(shape, h, changed, gate, branch, shift, scale, norm);
}

template <int64_t kLanes>
LF_INLINE void norm_of_known_width_backward(const TokenRows& shape, const NormRows& norm,
                                            const Modulation& scale, const float* dy, float* dh,
                                            const ModulationGradient& d_shift,
                                            const ModulationGradient& d_scale) {
  if (shape.width == 96) return fixed_norm_backward<kLanes, 96>(shape, norm, scale, dy, dh, d_shift, d_scale);
  if (shape.width == 128)
    return fixed_norm_backward<kLanes, 128>(shape, norm, scale, dy, dh, d_shift, d_scale);
  fixed_norm_backward<kLanes, 256>(shape, norm, scale, dy, dh, d_shift, d_scale);
}

template <int64_t kLanes>
LF_INLINE void gate_of_known_width_backward(const TokenRows& shape, const float* dh, const Modulation& gate,
                                            const float* branch, float* d_branch,
                                            const ModulationGradient& d_gate) {
  if (shape.width == 96) return fixed_gate_backward<kLanes, 96>(shape, dh, gate, branch, d_branch, d_gate);
  if (shape.width == 128) return fixed_gate_backward<kLanes, 128>(shape, dh, gate, branch, d_branch, d_gate);
  fixed_gate_backward<kLanes, 256>(shape, dh, gate, branch, d_branch, d_gate);
}

LF_FOR_EVERY_WIDTH(void, fixed_norm_here, norm_of_known_width,
                   (const TokenRows& shape, const float* h, float* changed, const Modulation* gate,
                    const float* branch, const Modulation& shift, const Modulation& scale,
                    const NormRows& norm),
                   (shape, h, changed, gate, branch, shift, scale, norm))
LF_FOR_EVERY_WIDTH(void, fixed_norm_backward_here, norm_of_known_width_backward,
                   (const TokenRows& shape, const NormRows& norm, const Modulation& scale, const float* dy,
                    float* dh, const ModulationGradient& d_shift, const ModulationGradient& d_scale),
                   (shape, norm, scale, dy, dh, d_shift, d_scale))
LF_FOR_EVERY_WIDTH(void, fixed_gate_backward_here, gate_of_known_width_backward,
                   (const TokenRows& shape, const float* dh, const Modulation& gate, const float* branch,
                    float* d_branch, const ModulationGradient& d_gate),
                   (shape, dh, gate, branch, d_branch, d_gate))

}  // namespace

void modulated_norm(const TokenRows& shape, const float* x, const Modulation& shift, const Modulation& scale,
                    const NormRows& norm) {
  if (known_width(shape.width))
    return fixed_norm_here(shape, x, nullptr, nullptr, nullptr, shift, scale, norm);
  plain_modulated_norm(shape, x, shift, scale, norm);
}

void gated_norm(const TokenRows& shape, float* h, const Modulation& gate, const float* branch,
                const Modulation& shift, const Modulation& scale, const NormRows& norm) {
  if (known_width(shape.width)) return fixed_norm_here(shape, h, h, &gate, branch, shift, scale, norm);
  plain_gated_norm(shape, h, gate, branch, shift, scale, norm);
}

void norm_backward(const TokenRows& shape, const NormRows& norm, const Modulation& scale, const float* dy,
                   float* dh, const ModulationGradient& d_shift, const ModulationGradient& d_scale) {
  if (known_width(shape.width)) return fixed_norm_backward_here(shape, norm, scale, dy, dh, d_shift, d_scale);
  plain_norm_backward(shape, norm, scale, dy, dh, d_shift, d_scale);
}

void gate_backward(const TokenRows& shape, const float* dh, const Modulation& gate, const float* branch,
                   float* d_branch, const ModulationGradient& d_gate) {
  if (known_width(shape.width)) return fixed_gate_backward_here(shape, dh, gate, branch, d_branch, d_gate);
  plain_gate_backward(shape, dh, gate, branch, d_branch, d_gate);
}

void silu(int64_t count, float* x) {
  for (int64_t i = 0; i < count; ++i) x[i] /= 1 + std::exp(-x[i]);
}

// x + |x| is exactly 2·max(x, 0), without a branch that random signs would make unpredictable.
LF_VECTOR_CLONES
void squared_relu(int64_t count, const float* x, float* squared) {
#pragma omp simd
  for (int64_t i = 0; i < count; ++i) {
    const float twice = x[i] + std::fabs(x[i]);
    squared[i] = 0.25f * twice * twice;
  }
}

LF_VECTOR_CLONES
void squared_relu_backward(int64_t count, const float* x, float* d) {
#pragma omp simd
  for (int64_t i = 0; i < count; ++i) d[i] *= x[i] + std::fabs(x[i]);
}

}  // namespace lf::kernels
