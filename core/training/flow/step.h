// One optimiser step of the flow, in slices: what differs between networks is how gradients are made.
#pragma once

#include <ATen/ATen.h>

#include <memory>

#include "config/settings.h"
#include "kernels/arithmetic.h"
#include "models/dit.h"
#include "models/velocity_dit.h"
#include "models/velocity_net.h"
#include "optim/adamw.h"

namespace lf {

/// Everything one flow step looks at.
struct FlowBatch {
  at::Tensor x0, x1;  ///< (B, 4, 4, 4): noise and standardised latents
  at::Tensor t;       ///< (B)
  at::Tensor labels;  ///< (B) int64, 10 where the label is hidden
};

class FlowStep {
 public:
  virtual ~FlowStep() = default;

  /// Takes a batch; `sigma_min` as in paths.h, `rate` the learning rate of the step.
  virtual void begin(FlowBatch batch, double sigma_min, double rate) = 0;
  /// One bounded slice. True when the step is complete.
  virtual bool advance() = 0;
  /// False while some weights are already those of the next step: they are then no model.
  virtual bool weights_whole() const = 0;

  /// Of the last complete step: the loss of every sample (B), and the gradient's norm before clipping.
  virtual const at::Tensor& losses() const = 0;
  virtual double gradient_norm() const = 0;
};

/// Autograd on the parts of a batch, each on one thread, for nets without a pass of their own;
/// `micro_batch` digits a slice. `net` is trainable; net and optimiser outlive the step.
std::unique_ptr<FlowStep> make_parts_step(VelocityNet& net, Optimizer& optimizer, int64_t micro_batch);

/// The hand-written pass of a Dit, which updates weights while their gradients are in the cache: a block
/// forward or backward a slice. `net` has no gradient buffer, `optimizer` does not clip; both outlive the
/// step.
std::unique_ptr<FlowStep> make_dit_step(Dit& net, AdamW& optimizer, Arithmetic arithmetic);

/// The hand-written pass of a VelocityDit on the parts of a batch, each on one thread; `micro_batch`
/// digits a slice. Products are computed in `arithmetic`; weights, norms, softmax, residual stream, loss and
/// gradients stay float32. `net` has a gradient buffer; net and optimiser outlive the step.
std::unique_ptr<FlowStep> make_velocity_dit_step(VelocityDit& net, Optimizer& optimizer, int64_t micro_batch,
                                                 Arithmetic arithmetic = Arithmetic::Float32);

/// The one that fits the net.
std::unique_ptr<FlowStep> make_flow_step(VelocityNet& net, Optimizer& optimizer, int64_t micro_batch,
                                         Arithmetic arithmetic);

/// Are these settings trained without a gradient buffer? Clipping needs one, because the norm is known only
/// when the whole gradient is, and so does an optimiser that looks at whole matrices.
bool trains_in_place(const Settings& settings);

}  // namespace lf
