// Velocity fields as functions, and classifier-free guidance between two of them.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

namespace lf {

/// A velocity: x (B, ...) and one time for the whole batch -> v of the shape of x.
/// Solvers and exact fields know only this type, never a network.
using VelocityField = std::function<at::Tensor(const at::Tensor& x, double t)>;

/// `v = v_null + w (v_digit - v_null)` (Ho & Salimans 2022). w = 1 is the conditional field itself
/// and w = 0 the null field itself: one evaluation each; every other w evaluates both.
VelocityField guided(VelocityField conditional, VelocityField null, double w);

/// Evaluations (NFE) that one call of `guided(..., w)` costs per sample: 1 for w = 1 and w = 0, else 2.
/// A solver sees one call; give this number to `IntegrateOptions::nfe_per_call` so that it counts right.
int nfe_per_guided_call(double w);

}  // namespace lf
