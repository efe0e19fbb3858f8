#include "flow/divergence.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/errors.h"

namespace lf::flow {
namespace {

/// x (B, ...) stacked k times: (k B, ...).
at::Tensor repeated(const at::Tensor& x, int64_t k) {
  std::vector<int64_t> times(x.dim(), 1);
  times[0] = k;
  return k == 1 ? x : x.repeat(times);
}

/// w^T (J w) for each row of directions (R, ...): (R) float64.
at::Tensor quadratic_form(const DirectionalDerivative& derivative, const at::Tensor& x, double t,
                          const at::Tensor& direction) {
  return (derivative(x, t, direction) * direction).flatten(1).sum(1, false, at::kDouble);
}

/// The sum of d v_d / d x_d over coordinates first to first + count, (B).
at::Tensor partial_trace(const DirectionalDerivative& derivative, const at::Tensor& x, double t,
                         int64_t first, int64_t count) {
  const int64_t samples = x.size(0), numbers = x.numel() / samples;
  const at::Tensor axes = at::eye(numbers, x.options()).narrow(0, first, count).unsqueeze(1);
  const at::Tensor rows = repeated(x, count);
  const at::Tensor directions = axes.expand({count, samples, numbers}).reshape(rows.sizes());
  return quadratic_form(derivative, rows, t, directions).view({count, samples}).sum(0);
}

}  // namespace

DirectionalDerivative central_difference(VelocityField field, double step) {
  if (!(step > 0)) throw InputError("a central difference needs a step above 0");
  return [field = std::move(field), step](const at::Tensor& x, double t, const at::Tensor& direction) {
    const at::Tensor ahead = field(at::add(x, direction, step), t).clone();  // a field may reuse its buffer
    return (ahead - field(at::sub(x, direction, step), t)).div_(2 * step);
  };
}

Divergence exact_divergence(DirectionalDerivative derivative, int64_t directions_at_once) {
  if (directions_at_once < 1) throw InputError("the exact divergence needs 1 or more directions at once");
  return {1, [derivative = std::move(derivative), directions_at_once](const at::Tensor& x, double t) {
            const int64_t numbers = x.numel() / x.size(0);
            at::Tensor trace = at::zeros({x.size(0)}, at::kDouble);
            for (int64_t first = 0; first < numbers; first += directions_at_once) {
              const int64_t count = std::min(directions_at_once, numbers - first);
              trace += partial_trace(derivative, x, t, first, count);
            }
            return trace.unsqueeze(1);
          }};
}

Divergence hutchinson_divergence(DirectionalDerivative derivative, int64_t probes, uint64_t seed) {
  if (probes < 2) throw InputError("an estimate of the divergence needs 2 or more probes");
  return {probes, [derivative = std::move(derivative), probes, seed](const at::Tensor& x, double t) {
            at::Generator generator = at::detail::createCPUGenerator(seed);
            std::vector<at::Tensor> columns;
            for (int64_t probe = 0; probe < probes; ++probe) {
              const at::Tensor signs = at::randint(2, x.sizes(), generator, x.options()).mul_(2).sub_(1);
              columns.push_back(quadratic_form(derivative, x, t, signs));
            }
            return at::stack(columns, 1);
          }};
}

}  // namespace lf::flow
