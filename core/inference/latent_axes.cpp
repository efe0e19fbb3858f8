#include "inference/latent_axes.h"

#include <ATen/core/grad_mode.h>

namespace lf {
namespace {

/// The last two columns (largest eigenvalues), each turned so that its largest entry is positive:
/// eigenvectors have no sign, and a map that flips between two runs would confuse.
at::Tensor leading_two(const at::Tensor& vectors) {
  const at::Tensor pair = at::stack({vectors.select(1, -1), vectors.select(1, -2)}, 1);
  const at::Tensor largest = pair.abs().argmax(0, /*keepdim=*/true);
  return pair * pair.gather(0, largest).sign();
}

at::Tensor covariance(const at::Tensor& centred) {
  return centred.t().matmul(centred) / static_cast<double>(std::max<int64_t>(1, centred.size(0)));
}

}  // namespace

at::Tensor LatentAxes::project(const at::Tensor& latents) const {
  return (latents.reshape({-1, centre.size(0)}) - centre).matmul(directions);
}

LatentAxes find_principal_axes(const at::Tensor& latents) {
  at::NoGradGuard no_grad;
  const at::Tensor x = latents.to(at::kDouble), centre = x.mean(0);
  LatentAxes axes;
  axes.centre = centre.to(at::kFloat);
  axes.directions = leading_two(std::get<1>(at::linalg_eigh(covariance(x - centre)))).to(at::kFloat);
  return axes;
}

double variance_share(const LatentAxes& axes, const at::Tensor& latents) {
  at::NoGradGuard no_grad;
  const at::Tensor x = latents.to(at::kDouble), residual = x - x.mean(0);
  // Discriminants are not orthonormal: the plane they span is what counts.
  const at::Tensor plane = std::get<0>(at::linalg_qr(axes.directions.to(at::kDouble)));
  const double all = residual.square().sum().item<double>();
  return all > 0 ? residual.matmul(plane).square().sum().item<double>() / all : 0;
}

LatentAxes find_latent_axes(const at::Tensor& latents, const at::Tensor& labels) {
  at::NoGradGuard no_grad;
  const at::Tensor x = latents.to(at::kDouble);
  const at::Tensor centre = x.mean(0);
  at::Tensor residuals = x - centre;
  const at::Tensor total = covariance(residuals);
  int64_t classes = 0;
  for (int64_t digit = 0; digit < 10; ++digit) {
    const at::Tensor rows = (labels == digit).nonzero().reshape({-1});
    if (rows.numel() == 0) continue;
    ++classes;
    const at::Tensor members = residuals.index_select(0, rows);
    residuals.index_copy_(0, rows, members - members.mean(0));
  }
  if (classes < 3) return find_principal_axes(latents);
  // Whiten by the within-class covariance; there the discriminants are the principal axes of the total.
  const at::Tensor within = covariance(residuals) + 1e-4 * at::eye(x.size(1), at::kDouble);
  const auto [values, vectors] = at::linalg_eigh(within);
  const at::Tensor whiten = vectors * values.rsqrt();
  const auto eigen = at::linalg_eigh(whiten.t().matmul(total).matmul(whiten));
  const at::Tensor directions = leading_two(whiten.matmul(std::get<1>(eigen)));
  LatentAxes axes;
  axes.by_class = true;
  axes.centre = centre.to(at::kFloat);
  axes.directions = directions.to(at::kFloat);
  return axes;
}

}  // namespace lf
