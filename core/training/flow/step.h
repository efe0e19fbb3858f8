// One optimiser step of the flow, in slices. Networks differ in how their gradients are computed.
#pragma once

#include <ATen/ATen.h>

#include <memory>

#include "config/settings.h"
#include "kernels/arithmetic.h"
#include "models/dit.h"
#include "models/velocity_dit.h"
#include "models/velocity_net.h"
#include "optim/adamw.h"

namespace lf::training {

/// The inputs of one flow step.
struct FlowBatch {
  at::Tensor x0, x1;  ///< (B, 4, 4, 4): noise and standardised latents
  at::Tensor t;       ///< (B)
  at::Tensor labels;  ///< (B) int64, 10 where the label is hidden
};

class FlowStep {
 public:
  virtual ~FlowStep() = default;

  /// Takes a batch; `sigma_min` as in flow/paths.h, `rate` the learning rate of the step.
  virtual void begin(FlowBatch batch, double sigma_min, double rate) = 0;
  /// One bounded slice. True when the step is complete.
  virtual bool advance_step() = 0;
  /// False while some weights already belong to the next step: they are then not a valid model.
  virtual bool weights_whole() const = 0;

  /// Of the last complete step: the loss of every sample (B), and the gradient's norm before clipping.
  virtual const at::Tensor& losses() const = 0;
  virtual double gradient_norm() const = 0;
};

/// Autograd on the parts of a batch, each on one thread, for networks without a hand-written pass;
/// `micro_batch` digits per slice. `net` is trainable; network and optimiser outlive the step.
std::unique_ptr<FlowStep> make_parts_step(models::VelocityNet& net, optim::Optimizer& optimizer,
                                          int64_t micro_batch);

/// The hand-written pass of a Dit, which updates weights while their gradients are in the cache:
/// one block forward or backward per slice. `net` has no gradient buffer, `optimizer` does not
/// clip; both outlive the step.
std::unique_ptr<FlowStep> make_dit_step(models::Dit& net, optim::AdamW& optimizer,
                                        kernels::Arithmetic arithmetic);

/// The hand-written pass of a VelocityDit on the parts of a batch, each on one thread;
/// `micro_batch` digits per slice. Products use `arithmetic`; weights, norms, softmax, residual
/// stream, loss and gradients stay float32. `net` has a gradient buffer; network and optimiser
/// outlive the step.
std::unique_ptr<FlowStep> make_velocity_dit_step(
    models::VelocityDit& net, optim::Optimizer& optimizer, int64_t micro_batch,
    kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32);

/// The step for this network.
std::unique_ptr<FlowStep> make_flow_step(models::VelocityNet& net, optim::Optimizer& optimizer,
                                         int64_t micro_batch, kernels::Arithmetic arithmetic);

/// True if these settings train without a gradient buffer. Clipping needs one, because the norm is
/// known only at the end; so does an optimiser that uses whole matrices.
bool trains_in_place(const Settings& settings);

}  // namespace lf::training
