// Solver microscope: error against function evaluations for every solver, the images, and the
// adaptive steps.
#include <algorithm>
#include <cmath>

#include "base/image_sheet.h"
#include "lab/solvers/result.h"
#include "panels/lab/solvers/parts.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

std::string answer(const LabSolvers& found, const std::vector<SolverCurve>& curves, int64_t nfe) {
  const LabSolverPoint *best = nullptr, *sharpest = nullptr;
  for (const SolverCurve& curve : curves) {
    const int i = curve.adaptive ? -1 : point_at(found, curve, nfe);
    if (i < 0) continue;
    const LabSolverPoint* point = &found.points[static_cast<size_t>(i)];
    if (!best || point->error < best->error) best = point;
    if (!sharpest || point->pixel_error < sharpest->pixel_error) sharpest = point;
  }
  if (!best) return "";
  const auto pixels = [](const LabSolverPoint& p) { return fixed(100 * p.pixel_error, 1) + " %"; };
  return "With at most " + counted(nfe, "function evaluation") + " " + best->solver +
         " has the smallest error in the latent: " + short_number(best->error, 2) +
         " per coordinate (standard deviation 1), " + pixels(*best) + " per pixel." +
         (sharpest == best
              ? ""
              : " The smallest error per pixel has " + sharpest->solver + ": " + pixels(*sharpest) + ".");
}

/// The line of a solver's order, through the curve's own middle point.
struct Slope {
  float nfe[2], error[2];
};

Slope expected(const SolverCurve& curve) {
  size_t middle = curve.nfe.size() / 2;
  const float n = curve.nfe[middle], e = curve.error[middle];
  const float from = curve.nfe.front(), to = curve.nfe.back();
  const auto at = [&](float x) { return e * std::pow(n / x, static_cast<float>(curve.order)); };
  return {{from, to}, {at(from), std::max(at(to), 1e-8f)}};
}

void draw_front(const PanelContext& c, const Rect& area, const LabSolvers&,
                const std::vector<SolverCurve>& curves) {
  PlotSpec spec;
  spec.info = {"lab.solvers.front", "Error by function evaluations",
               "RMS distance of x(1) from the reference, per coordinate. Thin lines: the slope of each "
               "solver's order. A click selects the number of function evaluations for the images.",
               "", ""};
  spec.x_unit = "function evaluations", spec.y_unit = "error";
  spec.log_x = spec.log_y = true;
  float most_nfe = 64;
  for (const SolverCurve& curve : curves) most_nfe = std::max(most_nfe, curve.nfe.back());
  spec.x_low = 0.9, spec.x_high = 1.15 * most_nfe;
  float least = 1;
  for (const SolverCurve& curve : curves)
    least = std::min(least, *std::min_element(curve.error.begin(), curve.error.end()));
  spec.y_low = 0.4 * least, spec.y_high = 2;
  std::vector<Slope> slopes(curves.size());
  const bool with_slopes = c.view.on("lab.solvers.slopes", true);
  for (size_t i = 0; i < curves.size(); ++i) {
    PlotCurve curve{curves[i].solver,
                    solver_colour(c, i),
                    curves[i].nfe.data(),
                    curves[i].error.data(),
                    curves[i].nfe.size(),
                    0,
                    2};
    curve.dots = true;
    spec.curves.push_back(curve);
  }
  const size_t solid = spec.curves.size();
  for (size_t i = 0; with_slopes && i < curves.size(); ++i) {
    if (curves[i].adaptive || curves[i].nfe.size() < 3) continue;
    slopes[i] = expected(curves[i]);
    PlotCurve line{"", solver_colour(c, i), slopes[i].nfe, slopes[i].error, 2, 0, 1};
    line.dashed = true;
    spec.curves.push_back(line);
  }
  spec.marks = {{counted(chosen_evaluations(c), "function evaluation"), fade(c.theme().accent, 0.9f),
                 static_cast<double>(chosen_evaluations(c)), 2}};
  PlotState& state = c.cache.plots["lab.solvers.front"];
  for (size_t i = solid; i < spec.curves.size(); ++i) spec.curves[i].in_legend = false;
  plot(c.ui, area, state, spec);
  if (!state.clicked) return;
  const double power = std::round(std::log2(std::max(1.0, state.hover_x)));
  choose_evaluations(c, std::to_string(1 << std::clamp(static_cast<int>(power), 0, 6)));
}

}  // namespace

static void upload_solvers(const PanelContext& c, const LabSolvers& found) {
  if (!lab_pictures_change(c)) return;
  const uint64_t version = c.snapshot.lab->version;
  ImageSheet truth;
  for (size_t i = 0; i < found.points.size(); ++i) truth.append(found.true_pictures);
  c.cache.lab_differences.set_difference(truth, found.pictures, version);
  ImageSheet all = found.pictures;
  all.append(found.true_pictures);
  c.cache.lab_pictures.set(all, version);
}

void draw_lab_solvers(const PanelContext& c) {
  const auto found = c.snapshot.lab->as<LabSolvers>();
  if (found) upload_solvers(c, *found);
  const bool ready = found && !found->points.empty();
  const auto curves = ready ? solver_curves(*found) : std::vector<SolverCurve>{};
  const bool narrow = c.area.w / c.ui.scale < 820, low = c.area.h / c.ui.scale < 480;
  Rect area = c.area, right, below;
  if (ready && narrow) right = area.take_bottom(std::floor(area.h * 0.5f), c.px(12));
  if (ready && !narrow) {
    if (!low) below = area.take_bottom(c.px(132), c.px(12));
    right = area.take_right(std::floor(area.w * 0.52f), c.px(12));
  }
  const std::vector<CardChip> chips{
      {{"lab.solvers.slopes", "slopes", "Thin lines with the slope of each solver's order.", "", ""},
       c.view.on("lab.solvers.slopes", true),
       true}};
  const CardBody parts = lab_card(c.within(area), "error by function evaluations",
                                  ready ? answer(*found, curves, chosen_evaluations(c)) : "", chips);
  if (parts.clicked == 0) c.view.flip("lab.solvers.slopes", true);
  if (lab_waits(c, parts.body, ready)) return;
  draw_front(c, parts.body, *found, curves);
  draw_solver_pictures(c.within(right), *found, curves);
  if (!below.empty()) return draw_adaptive_steps(c.within(below), *found);
  c.ui.map.add_hidden("lab.solvers.attempts", "Adaptive steps", "Shown in larger windows.");
}

}  // namespace lf::app::panels
