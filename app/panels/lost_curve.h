// The losses of steps that were given up when training diverged, beside the curve of those that were kept.
#pragma once

#include <algorithm>
#include <vector>

#include "messages/snapshot.h"
#include "widgets/plot.h"

namespace lf {

/// Adds them where there are any. `x`: steps or seconds of `lost`; the line leaves the frame rather than
/// flatten what was kept. Points into `lost`.
inline void add_lost_curve(std::vector<PlotCurve>& curves, const Series& lost, const std::vector<float>& x,
                           Color colour) {
  if (lost.value.empty()) return;
  PlotCurve curve;
  curve.label = "diverged";
  curve.colour = colour;
  curve.x = x.data();
  curve.y = lost.value.data();
  curve.count = std::min(x.size(), lost.value.size());
  curve.dashed = true;
  curve.in_range = false;
  curves.push_back(curve);
}

}  // namespace lf
