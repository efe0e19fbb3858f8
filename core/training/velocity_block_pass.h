// One block of a VelocityDit, forward and backward, written out by hand for one thread.
#pragma once

#include <ATen/ATen.h>

#include <string>

#include "models/token_attention.h"
#include "models/token_rows.h"
#include "models/velocity_dit.h"

namespace lf {

/// y = x Wᵀ with the products of its gradient, into memory that exists. W (O, I) is a view of the
/// parameters, its gradient one of a flat buffer of the same layout.
struct PassLinear {
  at::Tensor weight, transposed, gradient;  ///< (O, I), (I, O), (O, I)

  PassLinear() = default;
  PassLinear(const ParameterSet& parameters, const at::Tensor& flat_gradient, const std::string& name);
  /// y (N, O) from x (N, I).
  void forward(at::Tensor& y, const at::Tensor& x) const { at::mm_out(y, x, transposed); }
  /// dx (N, I) from dy (N, O).
  void input_gradient(at::Tensor& dx, const at::Tensor& dy) const { at::mm_out(dx, dy, weight); }
  /// gradient += dyᵀ x.
  void add_gradient(const at::Tensor& dy, const at::Tensor& x) { gradient.addmm_(dy.t(), x); }
};

/// The parameter called `name` outside of autograd, and its part of a flat gradient buffer.
at::Tensor parameter_values(const ParameterSet& parameters, const std::string& name);
at::Tensor parameter_gradient(const ParameterSet& parameters, const at::Tensor& flat_gradient,
                              const std::string& name);

/// Gives `tensor` this shape; allocates only for more numbers than it ever held. Values are lost.
void resize_rows(at::Tensor& tensor, at::IntArrayRef shape);

/// A modulated norm's memory, N = B·T rows.
struct NormMemory {
  at::Tensor normal, output, inverse_deviation;  ///< (N, W), (N, W), (N)

  void resize(int64_t rows, int64_t width);
  NormRows rows() const;
};

/// What all blocks of a pass share; N = B·T rows, H the hidden width.
struct VelocityScratch {
  TokenRows shape;
  at::Tensor h, dh;               ///< (N, W): the residual stream and the loss's gradient by it
  at::Tensor modulation;          ///< (B, 6W) without the blocks' biases
  at::Tensor d_modulation;        ///< (B, 6W), summed over the blocks
  at::Tensor d_branch, d_normed;  ///< (N, W)
  at::Tensor d_hidden, d_packed;  ///< (N, H), (N, 3W)

  void resize(int64_t batch, const VelocityDitConfig& config);
};

/// h → h + gate₁·proj(attention(qkv(norm₁(h)))) → h + gate₂·fc2(relu(fc1(norm₂(h)))²). The norm before a
/// block belongs to what ends before it: it is done in the same pass over h.
class VelocityBlockPass {
 public:
  /// `prefix` is "blocks.3" or the like; gradients are added to `flat_gradient` (P).
  VelocityBlockPass(const VelocityDit& net, const at::Tensor& flat_gradient, const std::string& prefix);

  /// Memory for so many samples; allocates only for more than ever before.
  void resize(const TokenRows& shape);

  /// Both branches, of which the last is not yet on h: see output() and gate().
  void forward(VelocityScratch& s);
  /// Turns dh behind the block into dh before it; norm₁ includes its modulation.
  void backward(VelocityScratch& s);

  /// The sixth of the modulation called `index`: shift, scale, gate of attention, then of the MLP.
  Modulation modulation(const VelocityScratch& s, int64_t index) const;
  const NormMemory& first_norm() const { return norm1_; }
  const at::Tensor& output() const { return output_; }  ///< (N, W), to be gated onto h

 private:
  ModulationGradient modulation_gradient(VelocityScratch& s, int64_t index);
  AttentionShape attention_shape(const VelocityScratch& s) const;
  AttentionMemory attention_memory() const;
  void backward_mlp(VelocityScratch& s);
  void backward_attention(VelocityScratch& s);

  VelocityDitConfig config_;
  at::Tensor bias_, d_bias_;  ///< (6W) of the modulation
  PassLinear qkv_, proj_, fc1_, fc2_;
  NormMemory norm1_, norm2_;
  at::Tensor packed_, weights_, factors_;  ///< (N, 3W), (B·heads·T·T), (B·heads·2·T)
  at::Tensor mixed_, attended_;            ///< (N, W)
  at::Tensor hidden_, squared_, output_;   ///< (N, H), (N, H), (N, W)
};

}  // namespace lf
