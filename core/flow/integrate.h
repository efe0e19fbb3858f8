// Solves dx/dt = v(x, t), at once or one velocity evaluation at a time.
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

namespace lf::flow {

/// The trajectory of an integration.
struct Trajectory {
  std::vector<double> t;          ///< the start and the end of every accepted step
  std::vector<at::Tensor> x;      ///< the state at each of these times, each (B, ...)
  std::vector<OdeStep> attempts;  ///< every attempt, accepted or not, in order
  int64_t nfe = 0;                ///< velocity evaluations per sample
};

/// An integration that returns control between any two evaluations, so that a worker can stop
/// there:
///   while (!run.done()) run.supply(field(run.wanted_x(), run.wanted_t()));
class Integration {
 public:
  /// x0: (B, ...), floating point; its dtype is the dtype of everything. InputError for unknown
  /// solvers and options out of range.
  Integration(at::Tensor x0, const IntegrateOptions& options);

  /// Whether the end is reached; then no velocity is needed any more.
  bool done() const { return !step_.has_value(); }

  /// The point whose velocity is needed next; read only.
  const at::Tensor& wanted_x() const { return step_->wanted_x(); }

  /// The time at which it is needed.
  double wanted_t() const { return step_->wanted_t(); }

  /// Supplies that velocity (copied, so its buffer may be reused) and continues. InputError when
  /// its shape is wrong. RunError when the NFE limit or the minimum step stops the integration, or
  /// when an error estimate is not finite; the trajectory keeps the steps so far.
  void supply(const at::Tensor& v);

  /// The trajectory so far; grows with every accepted step.
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

/// Runs an `Integration` to its end, with the same bytes and errors. Forward (t0 < t1) or backward.
Trajectory integrate(const VelocityField& field, at::Tensor x0, const IntegrateOptions& options);

}  // namespace lf::flow
