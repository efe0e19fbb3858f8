// Forward and backward of a VelocityDit, written by hand for one thread: without a graph or
// allocations, and with one pass over memory between two products.
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "flow/paths.h"
#include "models/velocity_dit.h"
#include "training/velocity_dit/velocity_block_pass.h"

namespace lf::training {

/// Keeps its activations from call to call. One thread at a time; two passes over one network with
/// separate gradient buffers can run concurrently.
class VelocityDitPass {
 public:
  /// Adds gradients to `flat_gradient`, (P) like the network's parameters. `weights` are the
  /// network's and must be rounded again before run() if those have changed; both outlive the pass.
  VelocityDitPass(const models::VelocityDit& net, const at::Tensor& flat_gradient,
                  const RoundedWeights& weights);

  /// Adds the gradient of weight · Σ_b loss_b. loss_b, the mean of (v_θ(x_t, t) − target)² of
  /// sample b, is written to `losses` (B). `path` (B, C, 4, 4) twice, t (B), labels (B) int64. An
  /// empty batch adds nothing. Throws InputError if the shapes do not match.
  void run(const flow::PathSample& path, const at::Tensor& t, const at::Tensor& labels, double weight,
           const at::Tensor& losses);

 private:
  void resize(int64_t batch);
  void forward_condition(const at::Tensor& t, const at::Tensor& labels);
  void forward_blocks();
  /// Computes the losses from the output and the target's tokens; output_ then holds the gradient.
  void output(const at::Tensor& target, double weight, const at::Tensor& losses);
  void backward_output();
  void backward_condition(const at::Tensor& labels);
  kernels::Modulation final_modulation(int64_t index) const;
  kernels::ModulationGradient final_gradient(int64_t index);

  const models::VelocityDit& net_;
  kernels::Arithmetic arithmetic_;
  int64_t batch_ = 0;
  PassLinear patches_, time_in_, time_out_, modulation_, final_modulation_, final_;
  at::Tensor positions_, d_positions_, labels_, d_labels_;  ///< (T, W), (11, W)
  std::vector<VelocityBlockPass> blocks_;
  VelocityScratch scratch_;
  NormMemory final_norm_;
  PassRows tokens_, features_;         ///< (N, P), (B, 64)
  at::Tensor inner_, embedded_;        ///< (B, W) before each SiLU
  PassRows inner_active_, condition_;  ///< (B, W) after it
  PassRows d_condition_, d_inner_;     ///< (B, W)
  at::Tensor final_values_;            ///< (B, 2W)
  PassRows d_final_values_;            ///< (B, 2W)
  at::Tensor no_bias_, d_no_bias_;     ///< (2W): zeros, and unused results
  PassRows output_;                    ///< (N, P), then its gradient
};

}  // namespace lf::training
