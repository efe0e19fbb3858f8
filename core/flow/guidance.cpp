#include "flow/guidance.h"

#include <ATen/ATen.h>

#include <utility>

namespace lf::flow {

VelocityField guided(VelocityField conditional, VelocityField null, double w) {
  if (w == 1) return conditional;
  if (w == 0) return null;
  return [conditional = std::move(conditional), null = std::move(null), w](const at::Tensor& x, double t) {
    const at::Tensor v_null = null(x, t).clone();  // a field may return a buffer that it reuses
    return at::lerp(v_null, conditional(x, t), w);
  };
}

int nfe_per_guided_call(double w) { return w == 1 || w == 0 ? 1 : 2; }

}  // namespace lf::flow
