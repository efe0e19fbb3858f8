#include "lab/field/plane.h"

#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "inference/latent_axes.h"

namespace lf::lab {
namespace {

/// Gram–Schmidt: the same plane, with the first direction unchanged.
at::Tensor orthonormal(const at::Tensor& first, const at::Tensor& second) {
  const at::Tensor a = first / first.norm();
  const at::Tensor rest = second - a * a.dot(second);
  if (rest.norm().item<double>() < 1e-6 * std::max(1e-30, second.norm().item<double>()))
    throw InputError(
        "the vector field needs two directions, and these digits span no plane; choose other digits");
  return at::stack({a, rest / rest.norm()}, 1);
}

at::Tensor mean_of(const at::Tensor& latents, const at::Tensor& labels, int64_t digit) {
  const at::Tensor rows = labels.eq(digit).nonzero().flatten();
  if (rows.numel() == 0)
    throw InputError("the vector field needs the mean of all " + std::to_string(digit) +
                     "s, and the data has none; choose another digit");
  return latents.index_select(0, rows).mean(0);
}

}  // namespace

at::Tensor FieldPlane::project(const at::Tensor& latents) const { return (latents - centre).matmul(axes); }

at::Tensor FieldPlane::states(int side, double t) const {
  const at::Tensor along = at::linspace(-extent, extent, side, axes.options());
  const at::Tensor alpha = along.repeat({side}), beta = along.repeat_interleave(side);
  return centre * t + at::stack({alpha, beta}, 1).matmul(axes.t());
}

FieldPlane make_field_plane(const std::string& kind, const std::array<int64_t, 3>& digits,
                            const at::Tensor& latents, const at::Tensor& labels) {
  FieldPlane plane;
  if (kind == "digits") {
    if (digits[0] == digits[1] || digits[0] == digits[2] || digits[1] == digits[2])
      throw InputError("the vector field needs three different digits for a plane; choose other digits");
    const at::Tensor a = mean_of(latents, labels, digits[0]), b = mean_of(latents, labels, digits[1]),
                     c = mean_of(latents, labels, digits[2]);
    plane.centre = (a + b + c) / 3;
    plane.axes = orthonormal(b - a, c - a);
  } else {
    const inference::LatentAxes found = kind == "lda" ? inference::find_latent_axes(latents, labels)
                                                      : inference::find_principal_axes(latents);
    plane.centre = found.centre;
    plane.axes = orthonormal(found.directions.select(1, 0), found.directions.select(1, 1));
  }
  const at::Tensor reach = plane.project(latents).abs().amax(1);
  const int64_t rank = std::max<int64_t>(1, reach.numel() * 98 / 100);
  const double most = std::get<0>(reach.kthvalue(rank)).item<double>();
  plane.extent = std::max(1.0, std::ceil(2.2 * most) / 2);  // steps of a half make readable axes
  return plane;
}

}  // namespace lf::lab
