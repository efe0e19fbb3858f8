#include "config/solver_table.h"

namespace lf {

const std::vector<SolverFacts>& solver_table() {
  static const std::vector<SolverFacts> table = {
      {"euler", "Euler", 1, 1, false, "Straight on with the velocity here: cheapest, least exact."},
      {"midpoint", "Midpoint", 2, 2, false, "Looks half a step ahead and uses that velocity."},
      {"heun", "Heun", 2, 2, false, "Averages the velocities at both ends of the step."},
      {"rk4", "Runge-Kutta 4", 4, 4, false, "Four looks a step: very exact once steps are small."},
      {"ab2", "Adams-Bashforth 2", 2, 1, false,
       "Remembers the last velocity: second order at Euler's price."},
      {"dopri5", "Dormand-Prince 5(4)", 5, 6, true,
       "Chooses its own steps to keep the error of every sample small."},
      {"dopri5-reference", "Dormand-Prince 5(4), reference", 5, 7, true,
       "As the original system ran it: the worst coordinate of the batch decides, no stage is reused."},
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

}  // namespace lf
