#include "metrics/latent_health.h"

#include <ATen/ATen.h>

namespace lf {

LatentHealth latent_health(const at::Tensor& latents) {
  at::Tensor flat = latents.detach().flatten(1).to(at::kDouble);
  at::Tensor mean = flat.mean(0);
  at::Tensor centred = flat - mean;
  at::Tensor variance = centred.square().mean(0);
  return {mean, variance.sqrt(), centred.pow(4).mean(0) / variance.square()};
}

int64_t active_units(const at::Tensor& means) {
  constexpr double kActiveVariance = 0.01;
  at::Tensor flat = means.detach().flatten(1).to(at::kDouble);
  return flat.var(0, /*unbiased=*/false).gt(kActiveVariance).sum().item<int64_t>();
}

}  // namespace lf
