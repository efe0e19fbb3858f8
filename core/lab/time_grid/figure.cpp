// Figure of the time grid: local error, step lengths, and images of each grid.
#include <algorithm>
#include <string>

#include "base/image_sheet.h"
#include "lab/time_grid/result.h"

namespace lf {
namespace {

/// Step length by the step's middle.
LabCurve length_curve(const char* name, int tone, const LabGrid& grid) {
  LabCurve curve{name, tone, {}, {}};
  curve.points = true;
  for (size_t i = 0; i + 1 < grid.times.size(); ++i) {
    curve.x.push_back(static_cast<float>((grid.times[i] + grid.times[i + 1]) / 2));
    curve.y.push_back(static_cast<float>(grid.times[i + 1] - grid.times[i]));
  }
  return curve;
}

LabImages grid_rows(const LabTimeGrid& found) {
  LabImages images;
  const auto shown = static_cast<size_t>(std::min<int64_t>(10, found.shown));
  images.columns = static_cast<int>(shown);
  const auto add = [&](const char* name, const ImageSheet& pictures) {
    if (pictures.count() < shown) return;
    images.row_names.push_back(name);
    images.sheet.append(pictures, 0, shown);
  };
  add("yours", found.present.pictures);
  add("equal steps", found.equal.pictures);
  add("equalised", found.equalised.pictures);
  add("reference", found.true_pictures);
  return images;
}

}  // namespace

LabFigure LabTimeGrid::figure() const {
  LabFigure figure;
  if (present.times.empty()) return figure;
  const LabGrid* grids[] = {&present, &equal, &equalised};
  const char* names[] = {"yours", "equal steps", "equalised"};
  LabBars bars{"RMS error of x(1) per latent dimension", {}, {{"", kToneBlue, {}}}};
  for (size_t i = 0; i < 3; ++i) {
    if (grids[i]->times.empty()) continue;
    bars.names.push_back(names[i]);
    bars.series[0].values.push_back(grids[i]->error);
  }
  figure.answer = std::to_string(present.times.size() - 1) + " steps of " + solver + " (" +
                  std::to_string(nfe) + " function evaluations): RMS error " + fixed_text(present.error, 4) +
                  " on this time grid, " + fixed_text(equal.error, 4) + " with equal steps";
  if (!equalised.times.empty())
    figure.answer += ", " + fixed_text(equalised.error, 4) + " with the local error equalised";
  figure.answer += ". Reference: " + reference + ".";
  LabPlot local{"t", "RMS error of a short step per unit of t", {{"", kToneRed, t, local_error}}};
  LabPlot lengths{"t",
                  "step length",
                  {length_curve(names[1], kToneFaint, equal), length_curve(names[2], kToneAmber, equalised),
                   length_curve(names[0], kToneBlue, present)}};
  lengths.curves.back().dashed = true;
  figure.rows = {{{"Local error along t", "steps of " + fixed_text(probe, 2), local},
                  {"Time grids", "length of each step, at the middle of the step", lengths}},
                 {{"Digits", "the same noise on each grid", grid_rows(*this), 1.6}, {"Error", "", bars, 1}}};
  return figure;
}

}  // namespace lf
