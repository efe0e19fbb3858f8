// The flow's step for the program's own network, with the gradients of velocity_dit_pass.h.
#include <ATen/core/grad_mode.h>

#include <vector>

#include "flow/paths.h"
#include "parallel/fork_join.h"
#include "training/flow/micro_batched_step.h"
#include "training/velocity_dit/velocity_dit_pass.h"

namespace lf::training {
namespace {

/// A gradient buffer for each part of a batch: the network's own, and additional ones.
std::vector<at::Tensor> part_gradients(const models::VelocityDit& net) {
  std::vector<at::Tensor> gradients{net.parameters().flat_gradient()};
  while (gradients.size() < parallel::kParts) gradients.push_back(at::zeros_like(gradients[0]));
  return gradients;
}

class VelocityDitStep : public MicroBatchedStep {
 public:
  VelocityDitStep(models::VelocityDit& net, optim::Optimizer& optimizer, int64_t micro_batch,
                  kernels::Arithmetic arithmetic)
      : MicroBatchedStep(part_gradients(net), optimizer, micro_batch),
        weights_(net.parameters(), arithmetic) {
    for (const at::Tensor& gradient : gradients_) passes_.emplace_back(net, gradient, weights_);
  }

  void begin(FlowBatch batch, double sigma_min, double rate) override {
    MicroBatchedStep::begin(std::move(batch), sigma_min, rate);
    path_ = flow::ot_path(batch_.x0, batch_.x1, batch_.t, sigma_min);
    weights_.round();
  }

 private:
  /// Adds the gradients of `count` samples from `first` on to the buffers.
  void differentiate(int64_t first, int64_t count) override {
    const double weight = 1 / static_cast<double>(batch_.t.size(0));
    const auto differentiate_piece = [&](int64_t p) {
      const at::NoGradGuard no_grad;
      const parallel::RowRange range = parallel::part_of(count, p, parallel::kParts);
      const auto part = [&](const at::Tensor& tensor) {
        return tensor.narrow(0, first + range.first, range.count);
      };
      passes_[static_cast<size_t>(p)].run({part(path_.x_t), part(path_.target)}, part(batch_.t),
                                          part(batch_.labels), weight, part(losses_));
    };
    parallel::fork_join(differentiate_piece, parallel::kParts);
  }

  RoundedWeights weights_;
  std::vector<VelocityDitPass> passes_;
  flow::PathSample path_;
};

}  // namespace

std::unique_ptr<FlowStep> make_velocity_dit_step(models::VelocityDit& net, optim::Optimizer& optimizer,
                                                 int64_t micro_batch, kernels::Arithmetic arithmetic) {
  return std::make_unique<VelocityDitStep>(net, optimizer, micro_batch, arithmetic);
}

}  // namespace lf::training
