#include "models/preconditioning.h"

#include <ATen/ATen.h>

namespace lf::models {
namespace {

/// t (B) as (B, 1, …), to be multiplied by x.
at::Tensor beside(const at::Tensor& x, const at::Tensor& t) {
  std::vector<int64_t> shape(static_cast<size_t>(x.dim()), 1);
  shape[0] = -1;
  return t.to(x.scalar_type()).view(shape);
}

at::Tensor variance(const at::Tensor& t) { return t.square() + (1 - t).square(); }

}  // namespace

at::Tensor preconditioned_input(const at::Tensor& x, const at::Tensor& t) {
  return x * variance(beside(x, t)).rsqrt();
}

at::Tensor gaussian_velocity(const at::Tensor& x, const at::Tensor& t) {
  const at::Tensor time = beside(x, t);
  return x * ((2 * time - 1) / variance(time));
}

}  // namespace lf::models
