// The cards of the solver microscope, and the curves they share.
#pragma once

#include <string>
#include <vector>

#include "lab/solvers/result.h"
#include "panels/lab/panels.h"

namespace lf::app::panels {

/// One solver's points in the order of their evaluations.
struct SolverCurve {
  std::string solver;
  int order = 1;
  bool adaptive = false;
  std::vector<size_t> points;  ///< index into LabSolvers::points
  std::vector<float> nfe, error;
};

std::vector<SolverCurve> solver_curves(const LabSolvers& found);
Color solver_colour(const PanelContext& c, size_t index);

/// The number of function evaluations for the images.
int64_t chosen_evaluations(const PanelContext& c);
void choose_evaluations(const PanelContext& c, const std::string& count);

/// The curve's point with most of `nfe` evaluations without exceeding it; −1 if there is none.
int point_at(const LabSolvers& found, const SolverCurve& curve, int64_t nfe);

/// The same noise by each solver.
void draw_solver_pictures(const PanelContext& c, const LabSolvers& found,
                          const std::vector<SolverCurve>& curves);
/// Dormand–Prince's steps along t, and its rejected attempts.
void draw_adaptive_steps(const PanelContext& c, const LabSolvers& found);

}  // namespace lf::app::panels
