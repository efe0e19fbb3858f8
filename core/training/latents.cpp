#include "training/latents.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "data/batches.h"

namespace lf {
namespace {

constexpr int64_t kBlock = 500;

}  // namespace

Standardisation standardise(const Latents& latents) {
  at::NoGradGuard no_grad;
  const at::Tensor mean = latents.mean.to(at::kDouble), deviation = latents.deviation.to(at::kDouble);
  const at::Tensor variance = mean.var(0, /*unbiased=*/false) + deviation.square().mean(0);
  return {mean.mean(0).to(at::kFloat), variance.sqrt().clamp_min(1e-3).to(at::kFloat)};
}

LatentEncoder::LatentEncoder(const Autoencoder& autoencoder, at::Tensor pixels)
    : autoencoder_(autoencoder), pixels_(std::move(pixels)) {
  latents_.mean = at::empty({pixels_.size(0), kLatentSize}, at::kFloat);
  latents_.deviation = at::empty({pixels_.size(0), kLatentSize}, at::kFloat);
}

bool LatentEncoder::advance() {
  at::NoGradGuard no_grad;
  const int64_t n = std::min(kBlock, pixels_.size(0) - next_);
  if (n <= 0) return false;
  const Posterior q = autoencoder_.encode(image_batch(pixels_, at::arange(next_, next_ + n, at::kLong)));
  latents_.mean.narrow(0, next_, n).copy_(q.mean.reshape({n, kLatentSize}));
  latents_.deviation.narrow(0, next_, n).copy_((q.log_variance * 0.5).exp_().reshape({n, kLatentSize}));
  next_ += n;
  return next_ < pixels_.size(0);
}

double LatentEncoder::progress() const {
  return pixels_.size(0) ? static_cast<double>(next_) / static_cast<double>(pixels_.size(0)) : 1.0;
}

}  // namespace lf
