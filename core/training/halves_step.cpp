#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <array>

#include "flow/loss.h"
#include "flow/paths.h"
#include "parallel/fork_join.h"
#include "training/flow_step.h"

namespace lf {
namespace {

class HalvesStep : public FlowStep {
 public:
  HalvesStep(VelocityNet& net, AdamW& optimizer, int64_t micro_batch)
      : net_(net), shadow_(net.shadow()), optimizer_(optimizer), micro_batch_(micro_batch) {}

  void begin(FlowBatch batch, double sigma_min, double rate) override {
    batch_ = std::move(batch);
    sigma_min_ = sigma_min;
    rate_ = rate;
    done_ = 0;
    losses_ = at::empty_like(batch_.t);
  }

  bool advance() override {
    const int64_t whole = batch_.t.size(0), n = std::min(micro_batch_, whole - done_);
    differentiate(done_, n);
    done_ += n;
    if (done_ < whole) return false;
    net_.parameters().flat_gradient().add_(shadow_->parameters().flat_gradient());
    shadow_->parameters().flat_gradient().zero_();
    norm_ = optimizer_.step(rate_);
    return true;
  }

  bool weights_whole() const override { return true; }
  const at::Tensor& losses() const override { return losses_; }
  double gradient_norm() const override { return norm_; }

 private:
  /// Adds the gradients of `count` samples from `first` on to both nets' buffers.
  void differentiate(int64_t first, int64_t count) {
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
  AdamW& optimizer_;
  int64_t micro_batch_, done_ = 0;
  FlowBatch batch_;
  double sigma_min_ = 0, rate_ = 0, norm_ = 0;
  at::Tensor losses_;
};

}  // namespace

std::unique_ptr<FlowStep> make_halves_step(VelocityNet& net, AdamW& optimizer, int64_t micro_batch) {
  return std::make_unique<HalvesStep>(net, optimizer, micro_batch);
}

}  // namespace lf
