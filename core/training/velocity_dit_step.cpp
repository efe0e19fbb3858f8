#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <array>

#include "flow/paths.h"
#include "parallel/fork_join.h"
#include "training/flow_step.h"
#include "training/velocity_dit_pass.h"

namespace lf {
namespace {

class VelocityDitStep : public FlowStep {
 public:
  VelocityDitStep(VelocityDit& net, AdamW& optimizer, int64_t micro_batch)
      : gradient_(net.parameters().flat_gradient()),
        second_gradient_(at::zeros_like(gradient_)),
        passes_{VelocityDitPass(net, gradient_), VelocityDitPass(net, second_gradient_)},
        optimizer_(optimizer),
        micro_batch_(micro_batch) {}

  void begin(FlowBatch batch, double sigma_min, double rate) override {
    batch_ = std::move(batch);
    path_ = ot_path(batch_.x0, batch_.x1, batch_.t, sigma_min);
    rate_ = rate;
    done_ = 0;
    losses_ = at::empty_like(batch_.t);
  }

  bool advance() override {
    const int64_t whole = batch_.t.size(0), n = std::min(micro_batch_, whole - done_);
    differentiate(done_, n);
    done_ += n;
    if (done_ < whole) return false;
    const at::NoGradGuard no_grad;
    gradient_.add_(second_gradient_);
    second_gradient_.zero_();
    norm_ = optimizer_.step(rate_);
    return true;
  }

  bool weights_whole() const override { return true; }
  const at::Tensor& losses() const override { return losses_; }
  double gradient_norm() const override { return norm_; }

 private:
  /// Adds the gradients of `count` samples from `first` on to both buffers.
  void differentiate(int64_t first, int64_t count) {
    const double weight = 1 / static_cast<double>(batch_.t.size(0));
    fork_join([&](int64_t p) {
      const at::NoGradGuard no_grad;
      const RowRange range = part_of(count, p);
      const auto part = [&](const at::Tensor& tensor) {
        return tensor.narrow(0, first + range.first, range.count);
      };
      passes_[static_cast<size_t>(p)].run({part(path_.x_t), part(path_.target)}, part(batch_.t),
                                          part(batch_.labels), weight, part(losses_));
    });
  }

  at::Tensor gradient_, second_gradient_;  ///< (P): the first and the second thread's
  std::array<VelocityDitPass, kParts> passes_;
  AdamW& optimizer_;
  int64_t micro_batch_, done_ = 0;
  FlowBatch batch_;
  PathSample path_;
  double rate_ = 0, norm_ = 0;
  at::Tensor losses_;
};

}  // namespace

std::unique_ptr<FlowStep> make_velocity_dit_step(VelocityDit& net, AdamW& optimizer, int64_t micro_batch) {
  return std::make_unique<VelocityDitStep>(net, optimizer, micro_batch);
}

}  // namespace lf
