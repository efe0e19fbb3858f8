// One step of any solver in the table, as a state machine over "needs the velocity at (x, t)".
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "flow/tableau.h"

namespace lf::flow {

/// An attempted step from (t, x) to t_end. Supply the requested velocities until it is complete.
class RungeKuttaStep {
 public:
  /// carried: stage 0, if the previous step provides it; undefined: it is evaluated.
  RungeKuttaStep(Tableau tableau, double t, double t_end, at::Tensor x, const at::Tensor& carried);

  /// All stages are known; no velocity is needed.
  bool complete() const { return stages_.size() == tableau_.c.size(); }

  /// The argument of the next stage; only while incomplete.
  const at::Tensor& wanted_x() const { return wanted_x_; }

  /// The time of the next stage; only while incomplete.
  double wanted_t() const;

  /// The next stage, of the shape and dtype of x.
  void supply(at::Tensor v);

  double t() const { return t_; }
  double t_end() const { return t_end_; }

  /// The state before the step.
  const at::Tensor& x() const { return x_; }

  /// The state after the step; only when complete.
  const at::Tensor& solution() const { return solution_; }

  /// The estimated error of the solution; only when complete, of tableaus that estimate it.
  at::Tensor error() const;

  /// The stage 0 of the next step; after a rejection, the stage 0 of this step. Undefined where the
  /// tableau carries nothing.
  at::Tensor carried(bool accepted) const;

 private:
  at::Tensor moved(const std::vector<double>& weights) const;

  Tableau tableau_;
  double t_;
  double t_end_;
  at::Tensor x_;
  std::vector<at::Tensor> stages_;
  at::Tensor wanted_x_;
  at::Tensor solution_;
};

}  // namespace lf::flow
