#include "flow/solvers.h"

#include <algorithm>

#include "base/command_words.h"
#include "base/errors.h"

namespace lf::flow {

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

namespace {

/// What a solver computes, by its id.
struct Method {
  const char* id;
  Tableau (*tableau)(double step_ratio);
  StepControl control;
};
constexpr Method kMethods[] = {
    {"euler", euler, StepControl::FixedGrid},
    {"midpoint", midpoint, StepControl::FixedGrid},
    {"heun", heun, StepControl::FixedGrid},
    {"rk4", rk4, StepControl::FixedGrid},
    {"ab2", ab2, StepControl::FixedGrid},
    {"dopri5", dopri5, StepControl::SampleRms},
    {"dopri5-reference", dopri5_reference, StepControl::BatchMax},
};

SolverInfo with_method(const SolverFacts& facts) {
  for (const Method& method : kMethods)
    if (std::string(method.id) == facts.id) return {facts, method.tableau, method.control};
  throw RunError(std::string("the solver ") + facts.id + " has no method in flow/solvers.cpp");
}

}  // namespace

const std::vector<SolverInfo>& solvers() {
  static const std::vector<SolverInfo> all = [] {
    std::vector<SolverInfo> made;
    for (const SolverFacts& facts : solver_table()) made.push_back(with_method(facts));
    return made;
  }();
  return all;
}

const SolverInfo& solver_from_name(const std::string& id) {
  for (const SolverInfo& solver : solvers())
    if (solver.id == id) return solver;
  throw InputError("unknown solver '" + id + "'; known: " + joined_names(solver_ids()));
}

int steps_for_nfe(const SolverInfo& solver, int nfe) {
  return std::max(1, (nfe - solver.extra_evaluations) / solver.evaluations_per_step);
}

}  // namespace lf::flow
