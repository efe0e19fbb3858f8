// One Adam step on a DiT in bounded slices.
#pragma once

#include <ATen/ATen.h>

#include <array>

#include "models/dit.h"
#include "optim/adamw.h"
#include "training/reference_dit/dit_pass.h"

namespace lf::training {

/// One Adam step on a Dit in bounded slices; the weights change during the backward. The Dit needs
/// no gradient buffer: create it with trainable = false, and the optimiser with an undefined
/// buffer.
class DitStepper {
 public:
  /// Both outlive the stepper. `optimizer` works on net.parameters().flat() and does not clip. `arithmetic`
  /// as in DitPass.
  DitStepper(models::Dit& net, optim::AdamW& optimizer,
             kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32);

  /// Starts a step with learning rate `rate` on x_t and target (B, C, S, S) at times t (B); see
  /// DitPass::begin. Throws InputError for other shapes, RunError during a step: its weights would
  /// be half old, half new.
  void begin(const at::Tensor& x_t, const at::Tensor& t, const at::Tensor& target, double rate,
             const at::Tensor& labels = {});
  /// One slice (a block forward or backward; about 30 ms of DiT-B/2 on two cores); true when the step is
  /// complete.
  bool advance_step();
  bool under_way() const { return pass_.under_way(); }

  /// Mean squared error of each sample (B), before the step; known after the forward.
  const at::Tensor& loss_per_sample() const { return pass_.loss_per_sample(); }
  /// Euclidean norm of the whole gradient of the last complete step.
  double gradient_norm() const { return norm_; }

 private:
  optim::AdamW& optimizer_;
  DitPass pass_;
  std::array<double, parallel::kParts> squares_{};  ///< Σ gradient², by part
  double norm_ = 0;
};

}  // namespace lf::training
