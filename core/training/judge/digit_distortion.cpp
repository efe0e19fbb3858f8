#include "training/judge/digit_distortion.h"

#include <ATen/ATen.h>

#include <cmath>

namespace lf::training {
namespace {

at::Tensor uniform(int64_t n, double range, const at::Generator& generator) {
  return (at::rand({n}, generator) * 2 - 1) * range;
}

}  // namespace

at::Tensor distort_digits(const at::Tensor& images, const DistortionRange& range, at::Generator generator) {
  int64_t n = images.size(0);
  at::Tensor angle = uniform(n, range.degrees * M_PI / 180, generator);
  at::Tensor wide = uniform(n, range.scale, generator) + 1, tall = uniform(n, range.scale, generator) + 1;
  at::Tensor shear = uniform(n, range.shear, generator);
  // Grid coordinates run from -1 to 1 over 28 pixels.
  at::Tensor right = uniform(n, range.shift / 14, generator), down = uniform(n, range.shift / 14, generator);
  at::Tensor c = angle.cos(), s = angle.sin();
  at::Tensor first = at::stack({c * wide, (shear * c - s) * tall, right}, 1);
  at::Tensor second = at::stack({s * wide, (shear * s + c) * tall, down}, 1);
  at::Tensor grid = at::affine_grid_generator(at::stack({first, second}, 1), images.sizes(), false);
  return at::grid_sampler(images, grid, /*bilinear*/ 0, /*zeros outside*/ 0, /*align_corners=*/false);
}

}  // namespace lf::training
