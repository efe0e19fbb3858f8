#include <ATen/core/grad_mode.h>

#include "flow/loss.h"
#include "flow/paths.h"
#include "parallel/fork_join.h"
#include "training/micro_batched_step.h"

namespace lf {
namespace {

class HalvesStep : public MicroBatchedStep {
 public:
  HalvesStep(VelocityNet& net, Optimizer& optimizer, int64_t micro_batch)
      : HalvesStep(net, net.shadow(), optimizer, micro_batch) {}

 private:
  HalvesStep(VelocityNet& net, std::unique_ptr<VelocityNet> shadow, Optimizer& optimizer, int64_t micro_batch)
      : MicroBatchedStep({net.parameters().flat_gradient(), shadow->parameters().flat_gradient()}, optimizer,
                         micro_batch),
        net_(net),
        shadow_(std::move(shadow)) {}

  /// Adds the gradients of `count` samples from `first` on to both nets' buffers.
  void differentiate(int64_t first, int64_t count) override {
    const auto whole = static_cast<double>(batch_.t.size(0));
    fork_join([&](int64_t p) {
      const RowRange range = part_of(count, p);
      const auto part = [&](const at::Tensor& tensor) {
        return tensor.narrow(0, first + range.first, range.count);
      };
      const PathSample path = ot_path(part(batch_.x0), part(batch_.x1), part(batch_.t), sigma_min_);
      const VelocityNet& net = p == 0 ? net_ : *shadow_;
      const at::Tensor per_sample =
          loss_per_sample(net.forward(path.x_t, part(batch_.t), part(batch_.labels)), path.target);
      (per_sample.sum() / whole).backward();
      part(losses_).copy_(per_sample.detach());
    });
  }

  VelocityNet& net_;
  std::unique_ptr<VelocityNet> shadow_;  ///< the second thread's: same weights, own gradients
};

}  // namespace

std::unique_ptr<FlowStep> make_halves_step(VelocityNet& net, Optimizer& optimizer, int64_t micro_batch) {
  return std::make_unique<HalvesStep>(net, optimizer, micro_batch);
}

}  // namespace lf
