// div v, the rate at which a flow dilutes the density it transports: exactly, or by random probes.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>

#include "flow/guidance.h"

namespace lf::flow {

/// J(x, t) w, the derivative of a velocity at x along `direction` w, all (B, ...). Linear in w.
using DirectionalDerivative =
    std::function<at::Tensor(const at::Tensor& x, double t, const at::Tensor& direction)>;

/// Step of a coordinate in `central_difference`. In float32 the rounding of v grows as 1/h and the
/// neglected curvature as h^2; for our networks they balance near here (tested).
inline constexpr double kDifferenceStep = 0.01;

/// `(v(x + h w) - v(x - h w)) / 2h`, two evaluations; computed in the dtype of x. step h > 0.
DirectionalDerivative central_difference(VelocityField field, double step = kDifferenceStep);

/// One or several estimates of div v = tr J side by side.
struct Divergence {
  int64_t estimates = 1;
  std::function<at::Tensor(const at::Tensor& x, double t)>
      evaluate;  ///< x (B, ...) -> (B, estimates) float64
};

/// The exact trace, D directional derivatives. `directions_at_once` >= 1 of them share one call of
/// the derivative, whose x then has that many times B rows: row r belongs to sample r mod B. More
/// than 1 is faster for small B, but a field with class labels must repeat the labels in the same
/// order.
Divergence exact_divergence(DirectionalDerivative derivative, int64_t directions_at_once = 1);

/// Hutchinson's estimator (1990) `w^T J w` with coordinates +-1 of equal probability: unbiased, and
/// exact where J is diagonal. One column for each of `probes` >= 2. Each sample has its own w, the
/// same at every call with the same B, so that an integral over t stays smooth (Grathwohl et al.
/// 2019). InputError otherwise.
Divergence hutchinson_divergence(DirectionalDerivative derivative, int64_t probes, uint64_t seed);

}  // namespace lf::flow
