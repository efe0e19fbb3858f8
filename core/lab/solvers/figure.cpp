// Figure of the solver microscope: error by evaluations, images, steps of the adaptive solver.
#include <algorithm>
#include <iterator>
#include <utility>

#include "base/number_text.h"
#include "lab/solvers/result.h"

namespace lf {
namespace {

/// Colours of the solvers in the order in which they come.
int solver_tone(size_t place) {
  constexpr int kTones[] = {kToneBlue, kToneAmber, kToneGreen, kToneViolet, kToneRed, kToneText};
  return kTones[place % std::size(kTones)];
}

/// The solvers' names in the order computed.
std::vector<std::string> solver_names(const LabSolvers& found) {
  std::vector<std::string> names;
  for (const LabSolverPoint& p : found.points)
    if (std::find(names.begin(), names.end(), p.solver) == names.end()) names.push_back(p.solver);
  return names;
}

LabPlot error_plot(const LabSolvers& found) {
  LabPlot plot{"function evaluations (NFE)", "RMS error per latent dimension", {}, true, true};
  const auto names = solver_names(found);
  for (size_t i = 0; i < names.size(); ++i) {
    LabCurve curve{names[i], solver_tone(i), {}, {}};
    curve.points = true;
    std::vector<std::pair<float, float>> points;
    for (const LabSolverPoint& p : found.points)
      if (p.solver == names[i]) points.push_back({static_cast<float>(p.nfe), static_cast<float>(p.error)});
    std::sort(points.begin(), points.end());
    for (const auto& point : points) curve.x.push_back(point.first), curve.y.push_back(point.second);
    plot.curves.push_back(curve);
  }
  return plot;
}

/// Each solver's result that is nearest to `nfe` evaluations without more than it, and the reference.
LabImages solver_rows(const LabSolvers& found, int64_t nfe) {
  LabImages images;
  images.columns = static_cast<int>(found.shown);
  const auto shown = static_cast<size_t>(found.shown);
  for (const std::string& name : solver_names(found)) {
    const LabSolverPoint* best = nullptr;
    for (const LabSolverPoint& p : found.points)
      if (p.solver == name && (!best || (p.nfe <= nfe ? best->nfe > nfe || p.nfe > best->nfe
                                                      : best->nfe > nfe && p.nfe < best->nfe)))
        best = &p;
    images.row_names.push_back(name + ", " + std::to_string(best->nfe) + " NFE");
    images.sheet.append(found.pictures, static_cast<size_t>(best - found.points.data()) * shown, shown);
  }
  images.row_names.push_back("reference");
  images.sheet.append(found.true_pictures, 0, shown);
  return images;
}

/// The adaptive solver's attempted steps: length by place.
LabPlot attempt_plot(const LabSolvers& found) {
  LabPlot plot{"t", "step length", {}};
  for (const bool accepted : {true, false}) {
    LabCurve curve{accepted ? "accepted" : "rejected", accepted ? kToneGreen : kToneRed, {}, {}, false, true};
    for (const LabAttempt& a : found.attempts) {
      if (a.accepted != accepted) continue;
      curve.x.push_back(a.from), curve.y.push_back(a.to - a.from);
    }
    plot.curves.push_back(curve);
  }
  return plot;
}

}  // namespace

LabFigure LabSolvers::figure() const {
  LabFigure figure;
  if (points.empty()) return figure;
  constexpr int64_t kShownNfe = 8;
  const LabSolverPoint* best = nullptr;
  for (const LabSolverPoint& p : points)
    if (p.nfe <= kShownNfe && (!best || p.error < best->error)) best = &p;
  figure.answer = "Errors against " + reference + " (" + std::to_string(reference_nfe) + " NFE), over " +
                  std::to_string(digits) + " digits.";
  if (best)
    figure.answer += " With at most " + std::to_string(kShownNfe) + " function evaluations " + best->solver +
                     " has the smallest error in the latent: RMS " + fixed_text(best->error, 3) +
                     " per latent dimension, " + fixed_text(100 * best->pixel_error, 1) + " % per pixel.";
  figure.rows = {{{"Error by function evaluations", "", error_plot(*this), 1.1},
                  {"The same noise by each solver", "about 8 NFE", solver_rows(*this, kShownNfe), 1}}};
  if (!attempts.empty())
    figure.rows.push_back(
        {{"Steps of dopri5", "by the t where each begins, at tolerance " + number_text(attempts_tolerance),
          attempt_plot(*this)}});
  return figure;
}

}  // namespace lf
