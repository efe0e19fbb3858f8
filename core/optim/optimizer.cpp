#include "optim/optimizer.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

namespace lf::optim {

double Optimizer::step(double rate) {
  const at::NoGradGuard no_grad;
  const double norm = gradients_.norm().item<double>();
  step_with_norm(rate, norm);
  return norm;
}

}  // namespace lf::optim
