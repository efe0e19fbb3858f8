#include "optim/newton_schulz.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "kernels/bfloat/multiply.h"

namespace lf::optim {
namespace {

constexpr double kA = 3.4445, kB = -4.7750, kC = 2.0315;

/// The iteration for a matrix with no more rows than columns. Every step multiplies X from the left
/// by a polynomial of S = XXᵀ, and all of these commute. So the products are collected in the small
/// square Q, and the long side is used only twice.
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

/// A matrix with its rounded form.
struct Rounded {
  at::Tensor values;
  kernels::BfloatRows rows;

  Rounded(int64_t height, int64_t width) : values(at::empty({height, width}, at::kFloat)) {
    rows.resize(height, width);
  }
  kernels::ProductResult result(bool adds = false) {
    return {values.data_ptr<float>(), values.size(0), values.size(1), values.size(1), adds};
  }
  void round() { rows.round(values.const_data_ptr<float>()); }
};

/// The same iteration on rounded operands. S, P and Q are symmetric, so each can be used unchanged
/// on either side of a product.
class RoundedIteration {
 public:
  /// `x` (R, C) of norm 1.
  explicit RoundedIteration(const at::Tensor& x)
      : x_(x.size(0), x.size(1)), side_(std::min(x.size(0), x.size(1))), s_(side_, side_), p_(side_, side_) {
    x_.values.copy_(x);
    x_.round();
  }

  at::Tensor run(int steps) {
    begin();
    Rounded q(side_, side_), room(side_, side_);
    for (int i = 0; i < steps; ++i) {
      polynomial();
      if (i == 0) {
        q.values.copy_(p_.values);
      } else {
        multiply(p_, q, room);
        std::swap(q, room);
      }
      q.round();
      if (i + 1 == steps) break;
      multiply(p_, s_, room);
      room.round();
      multiply(room, p_, s_);
      s_.round();
    }
    return along(q);
  }

 private:
  /// S = XXᵀ of the short side.
  void begin() {
    if (x_.values.size(0) > x_.values.size(1)) {
      kernels::multiply_bfloat_transposed(unit_, x_.rows.right(), x_.rows.right(), s_.result());
    } else {
      kernels::BfloatWeight weight;
      weight.round(x_.values);
      kernels::multiply_bfloat(unit_, x_.rows.left(), weight.forward(), s_.result());
    }
    s_.round();
  }
  /// P = aI + bS + cS².
  void polynomial() {
    multiply(s_, s_, p_);
    p_.values.mul_(kC).add_(s_.values, kB);
    p_.values.diagonal().add_(kA);
    p_.round();
  }
  void multiply(const Rounded& a, const Rounded& b, Rounded& y) {
    kernels::multiply_bfloat(unit_, a.rows.left(), b.rows.right(), y.result());
  }
  at::Tensor along(const Rounded& q) {
    Rounded y(x_.values.size(0), x_.values.size(1));
    x_.values.size(0) > x_.values.size(1) ? multiply(x_, q, y) : multiply(q, x_, y);
    return y.values;
  }

  kernels::BFloatUnit unit_ = kernels::bfloat_unit();
  Rounded x_;
  int64_t side_;
  Rounded s_, p_;
};

}  // namespace

at::Tensor orthogonalised(const at::Tensor& matrix, double norm, int steps, kernels::Arithmetic arithmetic) {
  const at::NoGradGuard no_grad;
  const at::Tensor x = matrix / (norm + 1e-7);
  if (arithmetic == kernels::Arithmetic::BFloat16) return RoundedIteration(x).run(steps);
  return x.size(0) <= x.size(1) ? iterate(x, steps) : iterate(x.t(), steps).t();
}

}  // namespace lf::optim
