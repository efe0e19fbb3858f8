// The flow's step for networks without a hand-written pass: autograd, one
// thread per part of a batch.
#include <ATen/core/grad_mode.h>

#include "flow/loss.h"
#include "flow/paths.h"
#include "parallel/fork_join.h"
#include "training/flow/micro_batched_step.h"

namespace lf::training {
namespace {

/// The network itself and its shadows: the same weights, separate gradients.
std::vector<std::unique_ptr<models::VelocityNet>> shadows_of(const models::VelocityNet& net) {
  std::vector<std::unique_ptr<models::VelocityNet>> shadows;
  while (shadows.size() + 1 < parallel::kParts) shadows.push_back(net.shadow());
  return shadows;
}

std::vector<at::Tensor> gradients_of(const models::VelocityNet& net,
                                     const std::vector<std::unique_ptr<models::VelocityNet>>& shadows) {
  std::vector<at::Tensor> gradients{net.parameters().flat_gradient()};
  for (const auto& shadow : shadows) gradients.push_back(shadow->parameters().flat_gradient());
  return gradients;
}

class PartsStep : public MicroBatchedStep {
 public:
  PartsStep(models::VelocityNet& net, optim::Optimizer& optimizer, int64_t micro_batch)
      : PartsStep(net, shadows_of(net), optimizer, micro_batch) {}

 private:
  PartsStep(models::VelocityNet& net, std::vector<std::unique_ptr<models::VelocityNet>> shadows,
            optim::Optimizer& optimizer, int64_t micro_batch)
      : MicroBatchedStep(gradients_of(net, shadows), optimizer, micro_batch),
        net_(net),
        shadows_(std::move(shadows)) {}

  /// Adds the gradients of `count` samples from `first` on to the buffers.
  void differentiate(int64_t first, int64_t count) override {
    const auto whole = static_cast<double>(batch_.t.size(0));
    parallel::fork_join([&](int64_t p) {
      const parallel::RowRange range = parallel::part_of(count, p);
      const auto part = [&](const at::Tensor& tensor) {
        return tensor.narrow(0, first + range.first, range.count);
      };
      const flow::PathSample path =
          flow::ot_path(part(batch_.x0), part(batch_.x1), part(batch_.t), sigma_min_);
      if (range.count == 0) return;
      const models::VelocityNet& net = p == 0 ? net_ : *shadows_[static_cast<size_t>(p) - 1];
      const at::Tensor per_sample =
          flow::loss_per_sample(net.forward(path.x_t, part(batch_.t), part(batch_.labels)), path.target);
      (per_sample.sum() / whole).backward();
      part(losses_).copy_(per_sample.detach());
    });
  }

  models::VelocityNet& net_;
  std::vector<std::unique_ptr<models::VelocityNet>> shadows_;  ///< of the parts after the first
};

}  // namespace

std::unique_ptr<FlowStep> make_parts_step(models::VelocityNet& net, optim::Optimizer& optimizer,
                                          int64_t micro_batch) {
  return std::make_unique<PartsStep>(net, optimizer, micro_batch);
}

}  // namespace lf::training
