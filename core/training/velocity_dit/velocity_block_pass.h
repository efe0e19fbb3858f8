// One block of a VelocityDit, forward and backward, written by hand for one thread.
#pragma once

#include <ATen/ATen.h>

#include <string>

#include "kernels/tokens/attention.h"
#include "kernels/tokens/modulated_rows.h"
#include "models/velocity_dit.h"
#include "training/velocity_dit/pass_product.h"

namespace lf::training {

/// Memory of a modulated norm, N = B·T rows.
struct NormMemory {
  at::Tensor normal, inverse_deviation;  ///< (N, W), (N)
  PassRows output;                       ///< (N, W)

  void resize(int64_t rows, int64_t width, kernels::Arithmetic arithmetic);
  kernels::NormRows rows();
};

/// Memory that all blocks of a pass share; N = B·T rows, H the hidden width.
struct VelocityScratch {
  kernels::TokenRows shape;
  at::Tensor h;                 ///< (N, W): the residual stream
  PassRows dh;                  ///< (N, W): the gradient of the loss with respect to it
  at::Tensor modulation;        ///< (B, 6W) without the blocks' biases
  PassRows d_modulation;        ///< (B, 6W), summed over the blocks
  PassRows d_branch;            ///< (N, W)
  at::Tensor d_normed;          ///< (N, W)
  PassRows d_hidden, d_packed;  ///< (N, H), (N, 3W)

  void resize(int64_t batch, const models::VelocityDitConfig& config, kernels::Arithmetic arithmetic);
};

/// h → h + gate₁·proj(attention(qkv(norm₁(h)))) → h + gate₂·fc2(relu(fc1(norm₂(h)))²). The norm
/// before a block is computed with the addition before it, in the same pass over h.
class VelocityBlockPass {
 public:
  /// `prefix` is "blocks.3" or similar; gradients are added to `flat_gradient` (P). `weights` are
  /// the network's.
  VelocityBlockPass(const models::VelocityDit& net, const at::Tensor& flat_gradient,
                    const RoundedWeights& weights, const std::string& prefix);

  /// Memory for so many samples; allocates only beyond the largest number so far.
  void resize(const kernels::TokenRows& shape);

  /// Both branches. The last one is not yet added to h: see output() and gate().
  void forward(VelocityScratch& s);
  /// Turns dh after the block into dh before it; norm₁ includes its modulation.
  void backward(VelocityScratch& s);

  /// The sixth of the modulation called `index`: shift, scale, gate of attention, then of the MLP.
  kernels::Modulation modulation(const VelocityScratch& s, int64_t index) const;
  NormMemory& first_norm() { return norm1_; }
  const at::Tensor& output() const { return output_; }  ///< (N, W), still to be gated and added to h

 private:
  kernels::ModulationGradient modulation_gradient(VelocityScratch& s, int64_t index);
  kernels::AttentionShape attention_shape(const VelocityScratch& s) const;
  kernels::AttentionMemory attention_memory() const;
  void backward_mlp(VelocityScratch& s);
  void backward_attention(VelocityScratch& s);

  models::VelocityDitConfig config_;
  kernels::Arithmetic arithmetic_;
  at::Tensor bias_, d_bias_;  ///< (6W) of the modulation
  PassLinear qkv_, proj_, fc1_, fc2_;
  NormMemory norm1_, norm2_;
  at::Tensor packed_, weights_, factors_;  ///< (N, 3W), (B·heads·T·T), (B·heads·2·T)
  PassRows mixed_, squared_;               ///< (N, W), (N, H)
  at::Tensor attended_, hidden_, output_;  ///< (N, W), (N, H), (N, W)
};

}  // namespace lf::training
