// One training pass of a DiT, forward and backward written by hand, in bounded slices. Without
// autograd, no gradient buffer (518 MB for DiT-B/2) has to exist, be zeroed and be read again: a
// gradient is passed on as soon as it is known, while it is still in the cache.
#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <vector>

#include "models/dit.h"
#include "training/reference_dit/dit_block_pass.h"
#include "training/reference_dit/team_ops.h"

namespace lf::training {

/// The pass keeps its activations and scratch memory from batch to batch (about 110 MB for DiT-B/2
/// at 32). Only the results of linear layers are new tensors, in memory that the last batch's
/// results released.
class DitPass {
 public:
  /// `net` outlives the pass and need not be trainable. Products use `arithmetic`; norms, softmax,
  /// residual stream and loss stay float32.
  explicit DitPass(const models::Dit& net, kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32);

  /// Starts with x_t and target (B, C, S, S) at times t (B). The loss is the mean of (v_θ(x_t, t) −
  /// target)² over all elements. `labels` (B) int64 are for a conditional network; undefined means
  /// none. A current pass is dropped. Throws InputError for shapes that do not fit the network.
  void begin(const at::Tensor& x_t, const at::Tensor& t, const at::Tensor& target,
             const at::Tensor& labels = {});

  /// One slice: the embeddings, one block forward, the output with its loss, one block backward, or
  /// the gradients of the embeddings. False once the pass is complete. Every parameter is passed to
  /// `sink` exactly once per pass. An exception of the sink ends the pass (see under_way) and is
  /// rethrown.
  bool advance(const GradientSink& sink);
  bool under_way() const { return next_ < slices(); }

  /// Mean squared error of each sample (B); complete after half of the slices. Undefined before.
  const at::Tensor& loss_per_sample() const { return losses_; }

 private:
  int64_t slices() const { return 2 * static_cast<int64_t>(blocks_count_) + 3; }
  void reserve(int64_t batch);
  void embed();
  void output(const GradientSink& sink);
  void embed_backward(const GradientSink& sink);
  void run_slice(int64_t slice, const GradientSink& sink);

  const models::Dit& net_;
  kernels::Arithmetic arithmetic_;
  int64_t blocks_count_, next_, batch_ = 0;
  TeamLinear patches_, time_in_, time_out_, final_modulation_, final_linear_;
  std::vector<DitBlockPass> blocks_;
  std::unique_ptr<DitScratch> scratch_;
  ModulatedNorm final_norm_;
  std::vector<at::Tensor> states_;       ///< (B, T, W) before each block and after the last
  at::Tensor x_tokens_, target_tokens_;  ///< (B, T, C·patch²), (B, T, patch²·C)
  at::Tensor labels_;                    ///< (B); undefined if the network is unconditional
  at::Tensor times_, features_, inner_, inner_active_, embedded_, condition_;  ///< (B), (B, 256), then (B, W)
  at::Tensor final_modulations_, d_condition_, dh_;                            ///< (B, 2W), (B, W), (B, T, W)
  at::Tensor losses_;
};

}  // namespace lf::training
