#include "inference/latent_axes.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/classes.h"

namespace lf::inference {
namespace {

/// ±1: zero gives +1, because axes through one point would not be axes.
at::Tensor sign_of(const at::Tensor& values) {
  return at::where(values < 0, -1.0, 1.0).to(values.scalar_type());
}

/// The last two columns (largest eigenvalues), each with its largest entry positive: eigenvectors
/// have no sign, and a map that flips between two runs would confuse.
at::Tensor leading_two(const at::Tensor& vectors) {
  const at::Tensor pair = at::stack({vectors.select(1, -1), vectors.select(1, -2)}, 1);
  const at::Tensor largest = pair.abs().argmax(0, /*keepdim=*/true);
  return pair * sign_of(pair.gather(0, largest));
}

/// ±1 for each axis of the class means' positions (C, 2), ascending classes. A fixed combination of
/// all means hardly changes with the sample, unlike the largest entry of a direction. Zeros and
/// ones, which are far apart, count most.
at::Tensor signs_by_classes(const at::Tensor& places) {
  at::Tensor weights = -0.1 * at::arange(places.size(0), at::kDouble);
  weights[0] = 1, weights[1] = -1;
  return sign_of(weights.matmul(places));
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

void align_axes(LatentAxes& axes, const LatentAxes& shown) {
  at::NoGradGuard no_grad;
  const auto unit = [](const at::Tensor& d) { return d / d.norm(2, 0, /*keepdim=*/true); };
  at::Tensor overlap = unit(shown.directions).t().matmul(unit(axes.directions));
  const at::Tensor size = overlap.abs();
  if ((size[0][1] + size[1][0] > size[0][0] + size[1][1]).item<bool>()) {
    axes.directions = axes.directions.flip(1);
    overlap = overlap.flip(1);
  }
  axes.directions = axes.directions * sign_of(overlap.diagonal());
}

/// The orthogonal transformation after which positions are nearest to those shown.
static at::Tensor nearest_turn(const at::Tensor& places, const at::Tensor& shown) {
  const auto [u, s, vh] = at::linalg_svd(places.to(at::kDouble).t().matmul(shown.to(at::kDouble)), false);
  return u.matmul(vh);
}

/// The signed permutation of the axes nearest to a transformation: within 45 degrees, and mirrored
/// if the transformation is.
static at::Tensor nearest_exchange(const at::Tensor& turn) {
  const at::Tensor size = turn.abs(), keeps = at::eye(2, turn.options());
  const bool kept = (size.diagonal().sum() >= size.flip(1).diagonal().sum()).item<bool>();
  return sign_of(turn) * (kept ? keeps : keeps.flip(1));
}

at::Tensor most_alike_turn(const at::Tensor& places, const at::Tensor& shown) {
  at::NoGradGuard no_grad;
  return nearest_exchange(nearest_turn(places, shown)).to(at::kFloat);
}

at::Tensor gradual_turn(const at::Tensor& places, const at::Tensor& shown, double degrees) {
  at::NoGradGuard no_grad;
  const at::Tensor turn = nearest_turn(places, shown), exchange = nearest_exchange(turn);
  const at::Tensor rest = exchange.t().matmul(turn);  // a rotation
  const double angle = std::atan2(rest[0][1].item<double>(), rest[0][0].item<double>());
  const double kept = std::copysign(std::max(0.0, std::abs(angle) - degrees * M_PI / 180), angle);
  const at::Tensor rotation =
      at::tensor({std::cos(kept), std::sin(kept), -std::sin(kept), std::cos(kept)}, at::kDouble).view({2, 2});
  return exchange.matmul(rotation).to(at::kFloat);
}

double variance_share(const LatentAxes& axes, const at::Tensor& latents) {
  at::NoGradGuard no_grad;
  const at::Tensor x = latents.to(at::kDouble), residual = x - x.mean(0);
  // Discriminants are not orthonormal: the plane they span is used.
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
  std::vector<at::Tensor> means;  ///< of the classes that occur
  for (int64_t digit = 0; digit < kClasses; ++digit) {
    const at::Tensor rows = (labels == digit).nonzero().reshape({-1});
    if (rows.numel() == 0) continue;
    const at::Tensor members = residuals.index_select(0, rows);
    means.push_back(members.mean(0));
    residuals.index_copy_(0, rows, members - means.back());
  }
  if (means.size() < 3) return find_principal_axes(latents);
  // Whiten by the within-class covariance; the discriminants are then the principal axes of the
  // total.
  const at::Tensor within = covariance(residuals) + 1e-4 * at::eye(x.size(1), at::kDouble);
  const auto [values, vectors] = at::linalg_eigh(within);
  const at::Tensor whiten = vectors * values.rsqrt();
  const auto eigen = at::linalg_eigh(whiten.t().matmul(total).matmul(whiten));
  at::Tensor directions = leading_two(whiten.matmul(std::get<1>(eigen)));
  directions = directions * signs_by_classes(at::stack(means).matmul(directions));
  LatentAxes axes;
  axes.by_class = true;
  axes.centre = centre.to(at::kFloat);
  axes.directions = directions.to(at::kFloat);
  return axes;
}

}  // namespace lf::inference
