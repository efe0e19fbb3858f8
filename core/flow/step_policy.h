// How the time axis is divided into steps: by a given grid, or by an error estimate.
#pragma once

#include <memory>

#include "flow/integrate_options.h"
#include "flow/runge_kutta_step.h"
#include "flow/solvers.h"

namespace lf::flow {

/// One attempted step.
struct OdeStep {
  double t_from;
  double t_to;
  bool accepted;
  double error;  ///< error over tolerance (accepted below 1); 0 where the solver does not estimate it
};

/// Decides where steps end and which of them are accepted.
class StepPolicy {
 public:
  virtual ~StepPolicy() = default;

  /// Start of the integration.
  virtual double start() const = 0;

  /// Whether t is the end.
  virtual bool finished(double t) const = 0;

  /// Where an attempt from t should end.
  virtual double attempt_end(double t) const = 0;

  /// Accepts or rejects a complete attempt and prepares the next one. RunError when no further step
  /// is possible.
  virtual OdeStep judge(const RungeKuttaStep& step) = 0;
};

/// The policy for the chosen solver. InputError for options out of range.
std::unique_ptr<StepPolicy> make_step_policy(const SolverInfo& solver, const IntegrateOptions& options);

}  // namespace lf::flow
