#include "flow/likelihood.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/errors.h"

namespace lf::flow {
namespace {

constexpr double kLogTwoPi = 1.8378770664093454836;

/// The points (B, D), followed by one integral per estimate, all 0 at the start.
at::Tensor start(const at::Tensor& latents, int64_t estimates) {
  if (latents.dim() < 2 || latents.numel() == 0)
    throw InputError("the likelihood needs a batch of latents; this one is empty");
  const at::Tensor points = latents.detach().flatten(1).to(at::kDouble);
  return at::cat({points, at::zeros({points.size(0), estimates}, points.options())}, 1);
}

IntegrateOptions backwards(const LikelihoodOptions& options) {
  IntegrateOptions way;
  way.solver = options.solver;
  way.steps = options.steps;
  way.t0 = 1;
  way.t1 = 0;
  return way;
}

}  // namespace

LikelihoodRun::LikelihoodRun(const at::Tensor& latents, VelocityField field, Divergence divergence,
                             const LikelihoodOptions& options)
    : shape_(latents.sizes().vec()),
      type_(latents.scalar_type()),
      numbers_(latents.numel() / std::max<int64_t>(1, latents.size(0))),
      field_(std::move(field)),
      divergence_(std::move(divergence)),
      run_(start(latents, divergence_.estimates), backwards(options)) {}

bool LikelihoodRun::advance() {
  const double t = run_.wanted_t();
  const at::Tensor x = run_.wanted_x().narrow(1, 0, numbers_).to(type_).reshape(shape_);
  const at::Tensor v = field_(x, t).to(at::kDouble).flatten(1);  // (B, D), a copy where the field has float32
  run_.supply(at::cat({v, divergence_.evaluate(x, t)}, 1));
  return !run_.done();
}

LogLikelihood LikelihoodRun::result() const {
  const at::Tensor end = run_.trajectory().x.back();
  const at::Tensor x0 = end.narrow(1, 0, numbers_);
  const at::Tensor prior = -0.5 * (x0.square().sum(1) + double(numbers_) * kLogTwoPi);
  // Integrated from 1 down to 0, so the last columns hold minus the integral from 0 to 1.
  const at::Tensor nats =
      prior.unsqueeze(1) + end.narrow(1, numbers_, divergence_.estimates);  // (B, estimates)
  const double estimates = double(divergence_.estimates);
  const at::Tensor error =
      estimates > 1 ? nats.std(1, /*unbiased=*/true) / std::sqrt(estimates) : at::zeros_like(prior);
  return {nats.mean(1), error, x0.to(type_).reshape(shape_)};
}

at::Tensor bits_per_dimension(const at::Tensor& nats, int64_t numbers) {
  return nats / (-double(numbers) * std::log(2.0));
}

}  // namespace lf::flow
