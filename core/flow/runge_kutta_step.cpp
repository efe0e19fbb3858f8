#include "flow/runge_kutta_step.h"

#include <ATen/ATen.h>

#include <utility>

namespace lf::flow {

RungeKuttaStep::RungeKuttaStep(Tableau tableau, double t, double t_end, at::Tensor x,
                               const at::Tensor& carried)
    : tableau_(std::move(tableau)), t_(t), t_end_(t_end), x_(std::move(x)), wanted_x_(x_) {
  if (carried.defined()) supply(carried);
}

double RungeKuttaStep::wanted_t() const {
  const double c = tableau_.c[stages_.size()];
  return c == 1 ? t_end_ : t_ + c * (t_end_ - t_);  // exactly the end, without rounding
}

void RungeKuttaStep::supply(at::Tensor v) {
  stages_.push_back(std::move(v));
  if (complete()) {
    solution_ = moved(tableau_.b);
  } else {
    wanted_x_ = moved(tableau_.a[stages_.size()]);
  }
}

at::Tensor RungeKuttaStep::error() const { return moved(tableau_.e) - x_; }

at::Tensor RungeKuttaStep::carried(bool accepted) const {
  if (tableau_.carried_stage < 0) return {};
  return accepted ? stages_[tableau_.carried_stage] : stages_[0];
}

/// x + h sum_i weights_i k_i. Never in place: callers keep states and stages.
at::Tensor RungeKuttaStep::moved(const std::vector<double>& weights) const {
  at::Tensor result = x_;
  for (size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] != 0) result = at::add(result, stages_[i], (t_end_ - t_) * weights[i]);
  }
  return result;
}

}  // namespace lf::flow
