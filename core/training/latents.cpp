#include "training/latents.h"

#include <ATen/core/grad_mode.h>

namespace lf::training {
namespace {

constexpr double kLeastScale = 1e-3;

}  // namespace

Standardisation standardise(const Latents& latents) {
  at::NoGradGuard no_grad;
  const at::Tensor mean = latents.mean.to(at::kDouble), deviation = latents.deviation.to(at::kDouble);
  const at::Tensor variance = mean.var(0, /*unbiased=*/false) + deviation.square().mean(0);
  return {mean.mean(0).to(at::kFloat), variance.sqrt().clamp_min(kLeastScale).to(at::kFloat)};
}

Standardisation scale_by(double factor) {
  return {at::zeros({models::kLatentSize}), at::full({models::kLatentSize}, 1 / factor, at::kFloat)};
}

double unit_factor(const Latents& latents) {
  at::NoGradGuard no_grad;
  const at::Tensor mean = latents.mean.to(at::kDouble), deviation = latents.deviation.to(at::kDouble);
  const at::Tensor variance = mean.var(/*unbiased=*/false) + deviation.square().mean();
  return 1 / variance.sqrt().clamp_min(kLeastScale).item<double>();
}

double mean_square(const Latents& latents, const Standardisation& s) {
  at::NoGradGuard no_grad;
  const at::Tensor mean = s.to_standard(latents.mean), deviation = latents.deviation / s.scale;
  return (mean.square() + deviation.square()).to(at::kDouble).mean().item<double>();
}

}  // namespace lf::training
