// The ODE solvers. Each is one function here, one row of kMethods in solvers.cpp that names it, and
// one row in config/solver_table.cpp.
#pragma once

#include <string>
#include <vector>

#include "config/solver_table.h"
#include "flow/tableau.h"

namespace lf::flow {

/// What determines the length of a step.
enum class StepControl {
  FixedGrid,  ///< the caller: equal steps, or given boundaries
  SampleRms,  ///< error as RMS over each sample; the worst sample decides the shared step
  BatchMax,   ///< largest error of any coordinate in the batch; the rule of the reference system
};

/// A row of solver_table() and what the solver computes.
struct SolverInfo : SolverFacts {
  /// The step as numbers. step_ratio: this step over the previous one, 0 for the first step.
  Tableau (*tableau)(double step_ratio);
  StepControl control;
};

/// All solvers, in the order of the menus.
const std::vector<SolverInfo>& solvers();

/// The solver of that id. InputError, listing the known ids, when there is none.
const SolverInfo& solver_from_name(const std::string& id);

/// The fixed steps (at least 1) that need at most `nfe` evaluations of the field; ab2 needs one
/// more for its first step.
int steps_for_nfe(const SolverInfo& solver, int nfe);

/// Uses the velocity at the start of the step.
Tableau euler(double step_ratio = 0);
/// Uses the velocity at the middle of the step.
Tableau midpoint(double step_ratio = 0);
/// Averages the velocities of both ends (explicit trapezoid).
Tableau heun(double step_ratio = 0);
/// The classical four stages of Kutta (1901).
Tableau rk4(double step_ratio = 0);
/// Adams-Bashforth 2 with variable steps, `b = (1 + r/2, -r/2)`; the first step is a midpoint step.
Tableau ab2(double step_ratio = 0);
/// Dormand & Prince (1980), 5(4): continues with the 5th-order solution, reuses the last stage.
Tableau dopri5(double step_ratio = 0);
/// The same numbers, evaluating all seven stages at every attempt.
Tableau dopri5_reference(double step_ratio = 0);

}  // namespace lf::flow
