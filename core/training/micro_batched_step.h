// A step whose gradient is summed over micro-batches, each computed by two threads with a gradient buffer
// each.
#pragma once

#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "training/flow_step.h"

namespace lf {

class MicroBatchedStep : public FlowStep {
 public:
  /// `gradient` and `second` (P): the first and the second thread's; `optimizer` works on the first.
  MicroBatchedStep(at::Tensor gradient, at::Tensor second, Optimizer& optimizer, int64_t micro_batch)
      : gradient_(std::move(gradient)),
        second_(std::move(second)),
        optimizer_(optimizer),
        micro_batch_(micro_batch) {}

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
    const at::NoGradGuard no_grad;
    gradient_.add_(second_);
    second_.zero_();
    norm_ = optimizer_.step(rate_);
    return true;
  }

  bool weights_whole() const override { return true; }
  const at::Tensor& losses() const override { return losses_; }
  double gradient_norm() const override { return norm_; }

 protected:
  /// Adds the gradients of `count` samples from `first` on to both buffers, and writes their losses.
  virtual void differentiate(int64_t first, int64_t count) = 0;

  at::Tensor gradient_, second_;
  FlowBatch batch_;
  double sigma_min_ = 0;
  at::Tensor losses_;  ///< (B)

 private:
  Optimizer& optimizer_;
  int64_t micro_batch_, done_ = 0;
  double rate_ = 0, norm_ = 0;
};

}  // namespace lf
