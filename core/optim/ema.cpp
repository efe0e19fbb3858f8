#include "optim/ema.h"

#include <ATen/core/grad_mode.h>

#include <cmath>

namespace lf::optim {

double power_ema_decay(int64_t k, double gamma) {
  return std::pow(1.0 - 1.0 / static_cast<double>(k), gamma + 1.0);
}

void PowerEma::update(const at::Tensor& weights) {
  at::NoGradGuard no_grad;
  average_.lerp_(weights, 1.0 - power_ema_decay(++updates_, gamma_));
}

}  // namespace lf::optim
