// Power-function average of weights (Karras et al. 2024, section 3.1): β_k = (1 − 1/k)^(γ+1), k from 1.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace lf::optim {

/// The decay of the `k`-th update (k ≥ 1): 0 for k = 1, so the first average is the first weights.
double power_ema_decay(int64_t k, double gamma);

/// An average of one flat buffer whose memory is proportional to its age.
class PowerEma {
 public:
  /// `average` (P) is kept and updated in place.
  PowerEma(at::Tensor average, double gamma) : average_(std::move(average)), gamma_(gamma) {}

  /// Adds `weights` (P) to the average.
  void update(const at::Tensor& weights);

  int64_t updates() const { return updates_; }
  void set_updates(int64_t updates) { updates_ = updates; }

 private:
  at::Tensor average_;
  double gamma_;
  int64_t updates_ = 0;
};

}  // namespace lf::optim
