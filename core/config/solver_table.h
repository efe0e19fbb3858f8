// The ODE solvers by name: the one list that settings, help, lab and mathematics read.
#pragma once

#include <string>
#include <vector>

namespace lf {

/// One row. What the solver computes: flow/solvers.h.
struct SolverFacts {
  const char* id;            ///< as typed: "midpoint"
  const char* name;          ///< as shown: "Midpoint"
  int order;                 ///< p: halving the step divides the error by 2^p
  int evaluations_per_step;  ///< velocity evaluations of a step (of an attempt, where adaptive)
  bool adaptive;             ///< chooses its own steps
  int extra_evaluations;     ///< of the first step, where later ones reuse velocities of the one before
  const char* meaning;       ///< one sentence for tooltips
};

/// All solvers, in the order of the menus.
const std::vector<SolverFacts>& solver_table();

/// Their ids, in this order.
const std::vector<std::string>& solver_ids();

/// Those whose steps the caller chooses, one independent of the other; `first` is put first.
std::vector<std::string> one_step_solver_ids(const std::string& first);

}  // namespace lf
