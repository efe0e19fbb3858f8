// A ruler with coloured bands and named markers: shows a number relative to others.
#pragma once

#include <string>
#include <vector>

#include "widgets/control/control.h"

namespace lf::app::widgets {

struct ScaleBand {
  std::string label;  ///< written into the band
  double to = 0;      ///< upper end; the band begins at the end of the previous one
  Color colour = 0;
};
struct ScaleMarker {
  std::string label;  ///< with its value, e.g. "FD 2.7 %"
  double value = 0;
  Color colour = 0;
  bool strong = false;  ///< the main marker
};
struct MarkerScaleSpec {
  ControlInfo info;
  double low = 0.01, high = 100;
  bool logarithmic = false;
  std::vector<ScaleBand> bands;
  std::vector<ScaleMarker> markers;  ///< values outside the ruler are placed at its end
  std::vector<double> ticks;
  std::string unit;
};

/// Height in real pixels with this many markers.
float marker_scale_height(const Ui& ui, size_t markers);
/// Draws it at the top of `area`: the ruler, its ticks, and a line for each marker below, so that labels
/// never cover each other.
void marker_scale(Ui& ui, const Rect& area, const MarkerScaleSpec& spec);

}  // namespace lf::app::widgets
