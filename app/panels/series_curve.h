// A series of the snapshot as a curve of a plot.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "protocol/snapshot.h"
#include "widgets/plot/plot.h"

namespace lf::app::panels {

/// `by_time`: over seconds of training instead of steps. Points into `series`.
inline PlotCurve series_curve(const std::string& label, Color colour, const Series& series,
                              bool by_time = false) {
  const std::vector<float>& x = by_time ? series.seconds : series.step;
  PlotCurve curve;
  curve.label = label;
  curve.colour = colour;
  curve.x = x.data();
  curve.y = series.value.data();
  curve.count = std::min(x.size(), series.value.size());
  return curve;
}

/// Adds the losses of steps discarded after a divergence, if there are any. The line may leave the
/// frame, so that it does not flatten the kept curve.
inline void add_lost_curve(std::vector<PlotCurve>& curves, const Series& lost, bool by_time, Color colour) {
  if (lost.value.empty()) return;
  curves.push_back(series_curve("diverged", colour, lost, by_time));
  curves.back().dashed = true;
  curves.back().in_range = false;
}

}  // namespace lf::app::panels
