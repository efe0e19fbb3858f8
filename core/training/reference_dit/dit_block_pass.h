// One block of a DiT, forward and backward, written by hand.
#pragma once

#include <ATen/ATen.h>

#include <array>
#include <string>
#include <vector>

#include "models/dit.h"
#include "training/reference_dit/team_ops.h"

namespace lf::training {

/// Memory that all blocks share while one of them runs; shapes with N = B·T rows.
struct DitScratch {
  /// For `batch` samples of networks of this shape.
  DitScratch(const models::DitConfig& config, int64_t batch);

  at::Tensor branch;      ///< (B, T, W)
  at::Tensor qkv;         ///< (B, T, 3, heads, W/heads): gradients of the packed queries, keys, values
  at::Tensor modulation;  ///< (B, 6W)
  at::Tensor gradients;   ///< see gradient_scratch
};

/// LayerNorm without affine, then ·(1 + scale) + shift: x̂ = (x − mean)/σ, y = x̂
/// (1 + scale) + shift.
struct ModulatedNorm {
  at::Tensor mean, inverse_deviation;  ///< (B, T, 1)
  at::Tensor normal, output;           ///< (B, T, W): x̂ and y

  ModulatedNorm() = default;
  ModulatedNorm(const at::Tensor& like);
  /// x (B, T, W); shift, scale1 = 1 + scale: (B, 1, W).
  void forward(const SampleRows& rows, const at::Tensor& x, const at::Tensor& shift,
               const at::Tensor& scale1);
  /// From dy (overwritten): adds dx to `dx`, writes d_shift and d_scale (B, W).
  void backward(const SampleRows& rows, const at::Tensor& x, const at::Tensor& scale1, const at::Tensor& dy,
                const at::Tensor& dx, const at::Tensor& d_shift, const at::Tensor& d_scale);
};

/// x → x + gate₁·proj(attention(qkv(norm₁(x)))) → x + gate₂·fc2(gelu(fc1(norm₂(x)))). One linear
/// layer of the condition c (B, W) gives the modulations of the two norms and both gates.
class DitBlockPass {
 public:
  /// `prefix` is "blocks.3" or similar; memory for the activations of `batch` samples is allocated
  /// here.
  DitBlockPass(const models::Dit& net, const std::string& prefix, int64_t batch,
               kernels::Arithmetic arithmetic);

  /// x and out (B, T, W) and c must stay unchanged until the backward.
  void forward(const at::Tensor& x, const at::Tensor& c, const at::Tensor& out);
  /// Turns dh (B, T, W), the gradient of the loss with respect to `out`, into that with respect to
  /// `x`, and adds that with respect to c to dc (B, W).
  void backward(const at::Tensor& dh, const at::Tensor& dc, DitScratch& scratch, const GradientSink& sink);

 private:
  at::Tensor modulation(int64_t index) const;  ///< (B, 1, W); the scales are stored as 1 + scale
  void attend(const SampleRows& rows);
  void backward_attention(const SampleRows& rows, const at::Tensor& d_mixed, const at::Tensor& d_qkv) const;
  void backward_mlp(const at::Tensor& dh, DitScratch& scratch, const GradientSink& sink);
  void backward_mixing(const at::Tensor& dh, DitScratch& scratch, const GradientSink& sink);
  at::Tensor flat(const at::Tensor& tensor) const;  ///< (B, T, …) as (N, …)

  int64_t width_, batch_;
  std::vector<int64_t> packed_shape_;  ///< B, T, 3, heads, W/heads
  TeamLinear qkv_, proj_, fc1_, fc2_, modulation_;
  ModulatedNorm norm1_, norm2_;
  at::Tensor input_, condition_;          ///< the caller's
  at::Tensor modulations_;                ///< (B, 6W)
  at::Tensor packed_, mixed_, attended_;  ///< (B, T, 3, heads, W/heads), (B, T, W), (B, T, W)
  std::array<at::Tensor, parallel::kParts> part_mixed_,
      part_sums_;                                 ///< values for attention's backward, by part
  at::Tensor middle_, hidden_, active_, output_;  ///< (B, T, W), (B, T, ratio·W) twice, (B, T, W)
};

}  // namespace lf::training
