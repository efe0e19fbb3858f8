#include "training/flow/start_loss.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include "models/preconditioning.h"

namespace lf::training {

double start_loss(double mean_square, double sigma_min, bool preconditioned, flow::TimeLaw law) {
  constexpr int64_t kTimes = 20000;
  const double slope = 1 - sigma_min;
  if (!preconditioned) return mean_square + slope * slope;
  at::Generator generator = at::detail::createCPUGenerator(1);
  const at::Tensor t = flow::sample_times(law, kTimes, generator).to(at::kDouble);
  const at::Tensor gain = models::gaussian_velocity(at::ones_like(t), t);
  const at::Tensor data = (1 - gain * t).square() * mean_square;
  const at::Tensor noise = (slope + gain * (1 - slope * t)).square();
  return (data + noise).mean().item<double>();
}

}  // namespace lf::training
