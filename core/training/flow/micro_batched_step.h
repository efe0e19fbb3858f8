// A step whose gradient is summed over micro-batches, each computed in parts with separate gradient
// buffers.
#pragma once

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "kernels/flat_loops.h"
#include "parallel/fork_join.h"
#include "training/flow/step.h"

namespace lf::training {

class MicroBatchedStep : public FlowStep {
 public:
  /// `gradients` (P) each: those of the parts; `optimizer` works on the first.
  MicroBatchedStep(std::vector<at::Tensor> gradients, optim::Optimizer& optimizer, int64_t micro_batch)
      : gradients_(std::move(gradients)), optimizer_(optimizer), micro_batch_(micro_batch) {}

  void begin(FlowBatch batch, double sigma_min, double rate) override {
    batch_ = std::move(batch);
    sigma_min_ = sigma_min;
    rate_ = rate;
    done_ = 0;
    losses_ = at::empty_like(batch_.t);
  }

  bool advance_step() override {
    const int64_t whole = batch_.t.size(0), n = std::min(micro_batch_, whole - done_);
    differentiate(done_, n);
    done_ += n;
    if (done_ < whole) return false;
    norm_ = std::sqrt(sum_gradients());
    optimizer_.step_with_norm(rate_, norm_);
    return true;
  }

  bool weights_whole() const override { return true; }
  const at::Tensor& losses() const override { return losses_; }
  double gradient_norm() const override { return norm_; }

 protected:
  /// Adds the gradients of `count` samples from `first` on to the buffers, and writes their losses.
  virtual void differentiate(int64_t first, int64_t count) = 0;

  std::vector<at::Tensor> gradients_;  ///< always summed in this order, whichever thread finishes first
  FlowBatch batch_;
  double sigma_min_ = 0;
  at::Tensor losses_;  ///< (B)

 private:
  /// Adds the parts to the first, in this order, and zeroes the others. Returns the square of its
  /// norm, summed over fixed ranges, so it does not depend on the number of threads.
  double sum_gradients() {
    constexpr int64_t kRanges = 16;
    std::array<double, kRanges> squares{};
    parallel::fork_join(
        [&](int64_t i) {
          const parallel::RowRange range = parallel::part_of(gradients_[0].numel(), i, kRanges);
          std::vector<float*> others;
          for (size_t part = 1; part < gradients_.size(); ++part)
            others.push_back(gradients_[part].data_ptr<float>() + range.first);
          squares[static_cast<size_t>(i)] =
              kernels::add_parts(range.count, gradients_[0].data_ptr<float>() + range.first, others.data(),
                                 static_cast<int64_t>(others.size()));
        },
        kRanges);
    return std::accumulate(squares.begin(), squares.end(), 0.0);
  }

  optim::Optimizer& optimizer_;
  int64_t micro_batch_, done_ = 0;
  double rate_ = 0, norm_ = 0;
};

}  // namespace lf::training
