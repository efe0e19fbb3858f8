#include "flow/solvers.h"

#include <algorithm>

#include "base/errors.h"

namespace lf {

Tableau euler(double) { return {{0}, {{}}, {1}, {}}; }

Tableau midpoint(double) { return {{0, 0.5}, {{}, {0.5}}, {0, 1}, {}}; }

Tableau heun(double) { return {{0, 1}, {{}, {1}}, {0.5, 0.5}, {}}; }

Tableau rk4(double) {
  return {{0, 0.5, 0.5, 1}, {{}, {0.5}, {0, 0.5}, {0, 0, 1}}, {1. / 6, 1. / 3, 1. / 3, 1. / 6}, {}};
}

// Stage 0 is the velocity at the previous point, one previous step (-step_ratio) before this one.
Tableau ab2(double step_ratio) {
  if (step_ratio == 0) {
    Tableau first = midpoint();
    first.carried_stage = 0;
    return first;
  }
  const double half = step_ratio / 2;
  return {{-step_ratio, 0}, {{}, {0}}, {-half, 1 + half}, {}, 1};
}

Tableau dopri5_reference(double) {
  const std::vector<double> fifth = {35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84, 0};
  const std::vector<double> fourth = {5179. / 57600,    0,           7571. / 16695, 393. / 640,
                                      -92097. / 339200, 187. / 2100, 1. / 40};
  Tableau tableau{{0, 1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1},
                  {{},
                   {1. / 5},
                   {3. / 40, 9. / 40},
                   {44. / 45, -56. / 15, 32. / 9},
                   {19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
                   {9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
                   {fifth.begin(), fifth.end() - 1}},
                  fifth,
                  fifth};
  for (size_t i = 0; i < fourth.size(); ++i) tableau.e[i] -= fourth[i];
  return tableau;
}

Tableau dopri5(double) {
  Tableau tableau = dopri5_reference();
  tableau.carried_stage = 6;  // taken at the solution, so it is the first stage of the next step
  return tableau;
}

const std::vector<SolverInfo>& solvers() {
  constexpr auto kGrid = StepControl::FixedGrid;
  static const std::vector<SolverInfo> table = {
      {"euler", "Euler", 1, 1, false, "Follows the current velocity for a whole step: cheapest, least exact.",
       euler, kGrid},
      {"midpoint", "Midpoint", 2, 2, false, "Uses the velocity half a step ahead: two evaluations per step.",
       midpoint, kGrid},
      {"heun", "Heun", 2, 2, false,
       "Averages the velocities at both ends of the step: two evaluations per step.", heun, kGrid},
      {"rk4", "Runge-Kutta 4", 4, 4, false, "Four evaluations per step: very exact for small steps.", rk4,
       kGrid},
      {"ab2", "Adams-Bashforth 2", 2, 1, false, "Reuses the last velocity: second order at Euler's cost.",
       ab2, kGrid},
      {"dopri5", "Dormand-Prince 5(4)", 5, 6, true,
       "Chooses its own steps so that the error of every sample stays small.", dopri5,
       StepControl::SampleRms},
      {"dopri5-reference", "Dormand-Prince 5(4), reference", 5, 7, true,
       "As in the original system: the worst coordinate of the batch sets the step, and no stage is reused.",
       dopri5_reference, StepControl::BatchMax},
  };
  return table;
}

const SolverInfo& solver_from_name(const std::string& id) {
  std::string known;
  for (const SolverInfo& solver : solvers()) {
    if (solver.id == id) return solver;
    known += (known.empty() ? "" : ", ") + std::string(solver.id);
  }
  throw InputError("unknown solver '" + id + "'; known: " + known);
}

int steps_for_nfe(const SolverInfo& solver, int nfe) {
  const int extra = static_cast<int>(solver.tableau(0).c.size()) - solver.evaluations_per_step;
  return std::max(1, (nfe - (solver.adaptive ? 0 : extra)) / solver.evaluations_per_step);
}

}  // namespace lf
