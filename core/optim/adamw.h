// AdamW (Kingma & Ba 2015; Loshchilov & Hutter 2019) on one flat buffer, with clipping by the global norm.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <string>

#include "optim/moments.h"
#include "optim/optimizer.h"

namespace lf {

struct AdamWOptions {
  double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0;
  double clip = 0;  ///< longest gradient norm taken as it is; 0 does not clip
};

/// Moments for one flat parameter buffer.
class AdamW : public Optimizer {
 public:
  /// `parameters` and `gradients` (both (P) float32) are kept and updated in place. Undefined gradients leave
  /// begin_step and update; InputError where options ask for clipping then.
  AdamW(at::Tensor parameters, at::Tensor gradients, const AdamWOptions& options);

  double step(double rate) override;

  /// The same update range by range: begin_step once, then update for every range of the parameters exactly
  /// once, from several threads at once where the ranges are disjoint. Without clipping, whose norm is known
  /// only at the end, and without the gradient buffer, which may be undefined then.
  void begin_step(double rate);
  /// Parameters and moments from `offset` on by contiguous `gradient` values (n).
  void update(int64_t offset, const at::Tensor& gradient);

  int64_t steps() const override { return moments_.steps; }
  void set_steps(int64_t steps) override { moments_.steps = steps; }
  /// For a device that updates weights and moments itself: the moments (P) it works on.
  const at::Tensor& first() const { return moments_.first; }
  const at::Tensor& second() const { return moments_.second; }
  const AdamWOptions& options() const { return options_; }
  std::map<std::string, at::Tensor> to_map(const std::string& prefix) const override {
    return moments_.to_map(prefix);
  }
  void load(const std::map<std::string, at::Tensor>& tensors, const std::string& prefix,
            const std::string& file) override {
    moments_.load(tensors, prefix, file);
  }

 private:
  at::Tensor parameters_, gradients_, step_, clip_divisor_;
  AdamWOptions options_;
  Moments moments_;
  double rate_ = 0;  ///< of the step under way, for update
};

}  // namespace lf
