#include "optim/newton_schulz.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

namespace lf {
namespace {

constexpr double kA = 3.4445, kB = -4.7750, kC = 2.0315;

/// The iteration for a matrix with no more rows than columns. Every step multiplies X from the left by a
/// polynomial of S = XXᵀ, and all of these commute: the products are collected in the small square Q, and the
/// long side is touched only twice.
at::Tensor iterate(const at::Tensor& x, int steps) {
  at::Tensor s = x.mm(x.t()), q;
  for (int i = 0; i < steps; ++i) {
    at::Tensor p = at::addmm(s, s, s, kB, kC);
    p.diagonal().add_(kA);
    q = q.defined() ? p.mm(q) : p;
    if (i + 1 < steps) s = p.mm(s).mm(p);
  }
  return q.mm(x);
}

}  // namespace

at::Tensor orthogonalised(const at::Tensor& matrix, int steps) {
  const at::NoGradGuard no_grad;
  const at::Tensor x = matrix / (matrix.norm().item<double>() + 1e-7);
  return x.size(0) <= x.size(1) ? iterate(x, steps) : iterate(x.t(), steps).t();
}

}  // namespace lf
