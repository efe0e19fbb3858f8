#include "config/solver_table.h"

#include <algorithm>

namespace lf {

const std::vector<SolverFacts>& solver_table() {
  static const std::vector<SolverFacts> table = {
      {"euler", "Euler", 1, 1, false, 0,
       "Follows the current velocity for a whole step: cheapest, least accurate."},
      {"midpoint", "Midpoint", 2, 2, false, 0,
       "Uses the velocity half a step ahead: two function evaluations per step."},
      {"heun", "Heun", 2, 2, false, 0,
       "Averages the velocities at both ends of the step: two function evaluations per step."},
      {"rk4", "Runge-Kutta 4", 4, 4, false, 0,
       "Fourth order, four function evaluations per step: very accurate for small steps."},
      {"ab2", "Adams-Bashforth 2", 2, 1, false, 1, "Reuses the last velocity: second order at Euler's cost."},
      {"dopri5", "Dormand-Prince 5(4)", 5, 6, true, 0,
       "Chooses its own steps so that the error of every sample stays small."},
      {"dopri5-reference", "Dormand-Prince 5(4), reference", 5, 7, true, 0,
       "As in the reference system: the largest error in the batch sets the step, and no stage is reused."},
  };
  return table;
}

const std::vector<std::string>& solver_ids() {
  static const std::vector<std::string> ids = [] {
    std::vector<std::string> names;
    for (const SolverFacts& solver : solver_table()) names.emplace_back(solver.id);
    return names;
  }();
  return ids;
}

std::vector<std::string> one_step_solver_ids(const std::string& first) {
  std::vector<std::string> ids;
  for (const SolverFacts& solver : solver_table())
    if (!solver.adaptive && solver.extra_evaluations == 0) ids.emplace_back(solver.id);
  std::stable_partition(ids.begin(), ids.end(), [&](const std::string& id) { return id == first; });
  return ids;
}

}  // namespace lf
