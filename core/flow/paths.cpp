#include "flow/paths.h"

#include <ATen/ATen.h>

#include <vector>

namespace lf::flow {
namespace {

/// t (B) or scalar, shaped to broadcast over the numbers of each sample.
at::Tensor per_sample(const at::Tensor& t, const at::Tensor& like) {
  if (t.dim() == 0) return t;
  std::vector<int64_t> shape(like.dim(), 1);
  shape[0] = t.size(0);
  return t.view(shape);
}

}  // namespace

PathSample ot_path(const at::Tensor& x0, const at::Tensor& x1, const at::Tensor& t, double sigma_min) {
  const at::Tensor time = per_sample(t, x0);  // (B, 1, ...)
  const double shrink = 1 - sigma_min;
  return {(1 - shrink * time) * x0 + time * x1, x1 - shrink * x0};
}

at::Tensor endpoint_guess(const at::Tensor& x_t, const at::Tensor& v, const at::Tensor& t, double sigma_min) {
  const double shrink = 1 - sigma_min;
  return shrink * x_t + (1 - shrink * per_sample(t, x_t)) * v;
}

at::Tensor endpoint_guess(const at::Tensor& x_t, const at::Tensor& v, double t, double sigma_min) {
  const double shrink = 1 - sigma_min;
  return shrink * x_t + (1 - shrink * t) * v;
}

}  // namespace lf::flow
