// Velocity fields as functions, and classifier-free guidance between two of them.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

namespace lf::flow {

/// A velocity: x (B, ...) and one time for the whole batch -> v of the shape of x.
/// Solvers and exact fields know only this type, never a network.
using VelocityField = std::function<at::Tensor(const at::Tensor& x, double t)>;

/// `v = v_null + w (v_digit - v_null)` (Ho & Salimans 2022). w = 1 is the conditional field and
/// w = 0 the unconditional one, one evaluation each; every other w evaluates both.
VelocityField guided(VelocityField conditional, VelocityField null, double w);

/// Function evaluations (NFE) per sample of one call of `guided(..., w)`: 1 for w = 1 and w = 0,
/// else 2. A solver sees one call; pass this number to `IntegrateOptions::nfe_per_call`.
int nfe_per_guided_call(double w);

}  // namespace lf::flow
