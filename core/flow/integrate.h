// Solving dx/dt = v(x, t), at once or one velocity evaluation at a time.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "flow/guidance.h"
#include "flow/runge_kutta_step.h"
#include "flow/solvers.h"
#include "flow/step_policy.h"

namespace lf {

/// The way that an integration took.
struct Trajectory {
  std::vector<double> t;          ///< the start and the end of every accepted step
  std::vector<at::Tensor> x;      ///< the state at each of these times, each (B, ...)
  std::vector<OdeStep> attempts;  ///< every attempt, accepted or not, in order
  int64_t nfe = 0;                ///< velocity evaluations per sample
};

/// An integration turned inside out, so that a worker can stop between any two evaluations:
///   while (!run.done()) run.supply(field(run.wanted_x(), run.wanted_t()));
class Integration {
 public:
  /// x0: (B, ...), floating point; its dtype is the dtype of everything. InputError for unknown
  /// solvers and options out of range.
  Integration(at::Tensor x0, const IntegrateOptions& options);

  /// Whether the end is reached; then nothing is wanted any more.
  bool done() const { return !step_.has_value(); }

  /// The point whose velocity is wanted now; read only.
  const at::Tensor& wanted_x() const { return step_->wanted_x(); }

  /// The time at which it is wanted.
  double wanted_t() const { return step_->wanted_t(); }

  /// Gives the wanted velocity (copied, so its buffer may be reused) and moves on. InputError when
  /// its shape is wrong. RunError when the NFE cap or the minimum step stops the integration, or
  /// when an error estimate is not finite; the trajectory keeps what was reached.
  void supply(const at::Tensor& v);

  /// What has been reached so far; grows with every accepted step.
  const Trajectory& trajectory() const { return trajectory_; }

 private:
  void begin_step();
  void finish_step();
  void require_budget() const;

  const SolverInfo* solver_;
  int64_t max_nfe_;
  int64_t nfe_per_call_;
  std::unique_ptr<StepPolicy> policy_;
  Trajectory trajectory_;
  std::optional<RungeKuttaStep> step_;
  at::Tensor carried_;          // stage 0 of the next step, or undefined
  double previous_length_ = 0;  // of the last accepted step
};

/// Runs an `Integration` to its end; same bytes, same errors. Forward (t0 < t1) and backward.
Trajectory integrate(const VelocityField& field, at::Tensor x0, const IntegrateOptions& options);

}  // namespace lf
