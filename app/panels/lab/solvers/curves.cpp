// What the cards of the solver microscope share: curves, colours, and the
// selected number of evaluations.
#include <algorithm>
#include <cstdlib>

#include "panels/lab/solvers/parts.h"

namespace lf::app::panels {

constexpr const char* kNfeKey = "lab.solvers.nfe";

void choose_evaluations(const PanelContext& c, const std::string& count) { c.view.set(kNfeKey, count); }

std::vector<SolverCurve> solver_curves(const LabSolvers& found) {
  std::vector<SolverCurve> curves;
  for (size_t i = 0; i < found.points.size(); ++i) {
    const LabSolverPoint& p = found.points[i];
    auto at = std::find_if(curves.begin(), curves.end(),
                           [&](const SolverCurve& s) { return s.solver == p.solver; });
    if (at == curves.end()) at = curves.insert(curves.end(), {p.solver, p.order, p.adaptive, {}, {}, {}});
    at->points.push_back(i);
    at->nfe.push_back(static_cast<float>(p.nfe));
    at->error.push_back(static_cast<float>(std::max(p.error, 1e-9)));
  }
  return curves;
}

Color solver_colour(const PanelContext& c, size_t index) {
  constexpr size_t kPlaces[] = {0, 1, 2, 3, 6, 8, 9};  // the most distinct class colours
  return c.theme().digits[kPlaces[index % std::size(kPlaces)]];
}

int64_t chosen_evaluations(const PanelContext& c) {
  const std::string text = c.view.text(kNfeKey, "8");
  return std::max<int64_t>(1, std::strtoll(text.c_str(), nullptr, 10));
}

int point_at(const LabSolvers& found, const SolverCurve& curve, int64_t nfe) {
  int best = -1;
  for (const size_t i : curve.points) {
    const int64_t spent = found.points[i].nfe;
    if (spent <= nfe && (best < 0 || spent > found.points[static_cast<size_t>(best)].nfe))
      best = static_cast<int>(i);
  }
  return best;
}

}  // namespace lf::app::panels
