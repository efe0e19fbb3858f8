// AdamW (Kingma & Ba 2015; Loshchilov & Hutter 2019) on one flat buffer, with clipping by the global norm.
#pragma once

#include <ATen/ATen.h>

#include <optional>

#include "optim/optimizer.h"

namespace lf::optim {

struct AdamWOptions {
  double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0;
  double clip = 0;  ///< gradients with a larger norm are scaled down to it; 0 does not clip
};

/// The divisor that clips a gradient of this norm.
double clip_divisor(double norm, const AdamWOptions& options);

/// The part of a parameter buffer that one call of the fused kernel updates, all (n).
struct AdamWRange {
  at::Tensor parameters, gradient, first, second;
};

/// One update by the fused kernel. `step` (scalar) is its number from 1. `divisor` (scalar), if
/// present, divides the gradient, so clipping needs no separate pass over memory.
void update_range(const AdamWRange& range, const at::Tensor& step, double rate, const AdamWOptions& options,
                  const std::optional<at::Tensor>& divisor);

/// Moments for one flat parameter buffer.
class AdamW : public Optimizer {
 public:
  /// `parameters` and `gradients` (both (P) float32) are kept and updated in place. Without
  /// gradients only begin_step and update can be called; InputError if options ask for clipping
  /// then.
  AdamW(at::Tensor parameters, at::Tensor gradients, const AdamWOptions& options);

  void step_with_norm(double rate, double norm) override;

  /// The same update range by range: begin_step once, then update exactly once for every range of
  /// the parameters, from several threads at once if the ranges are disjoint. Without clipping,
  /// whose norm is known only at the end. The gradient buffer is not used and may be undefined.
  void begin_step(double rate);
  /// Updates parameters and moments from `offset` on with the contiguous `gradient` values (n).
  void update(int64_t offset, const at::Tensor& gradient);

  /// For a device that updates weights and moments itself.
  const AdamWOptions& options() const { return options_; }

 private:
  at::Tensor parameters_, step_, clip_divisor_;
  AdamWOptions options_;
  double rate_ = 0;  ///< of the current step, for update
};

}  // namespace lf::optim
