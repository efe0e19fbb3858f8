// A plot of training curves on ImDrawList: axes with units, log or linear, smoothing, a hover
// read-out, zoom (wheel), pan (drag), reset (double click) and a legend that toggles.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/axis.h"
#include "widgets/control/control.h"
#include "widgets/plot/points.h"

namespace lf::app::widgets {

/// One curve; the arrays belong to the caller and outlive the call.
struct PlotCurve {
  std::string label;
  Color colour = 0;
  const float* x = nullptr;  ///< ascending, or nearly so where the curve has few points
  const float* y = nullptr;
  size_t count = 0;
  double smoothing = 0;  ///< > 0: raw values faint behind the smoothed line
  float width = 1.6f;    ///< effective pixels
  bool dots = false;     ///< mark every point; a single point is always marked
  bool dashed = false;
  bool in_legend = true;    ///< named below, and by the read-out under the mouse
  bool in_readout = false;  ///< named only by the read-out
  bool in_range = true;     ///< the range of y includes all of it; else it may leave the frame
  std::string id = {};      ///< of its legend in the ui-map; "" is the label
};

/// A horizontal line with a label, e.g. a noise floor.
struct PlotLevel {
  std::string label;
  Color colour = 0;
  double y = 0;
  std::string id = {};  ///< of its legend in the ui-map; "" is the label
};

/// A vertical line with a label at its top, e.g. the current t.
struct PlotMark {
  std::string label;  ///< "" draws the line alone
  Color colour = 0;
  double x = 0;
  float width = 1.2f;  ///< effective pixels
};

struct PlotSpec {
  ControlInfo info;            ///< name and tooltip in the ui-map; its value is the hover read-out
  std::string x_unit, y_unit;  ///< "step", "s", "t"; shown at the axes' ends and in the read-out
  std::string y_title;         ///< label of y, inside at the top; "" if the card has it
  bool log_x = false, log_y = false;
  std::vector<PlotCurve> curves;
  std::vector<PlotLevel> levels;
  std::vector<PlotMark> marks;
  bool legend = true;
  bool bars = false;             ///< curves are drawn as bars (the loss by t)
  double x_low = 0, x_high = 0;  ///< fixed range of x where low < high
  double y_low = 0, y_high = 0;  ///< fixed range of y where low < high
  std::string note;              ///< additional line of the read-out, e.g. "31.2 s" (from hover_x below)
};

/// State of a plot between frames; kept by the caller, one per plot.
struct PlotState {
  bool zoomed = false;
  AxisRange x, y;
  std::set<std::string> hidden;  ///< labels switched off in the legend
  double hover_x = 0;            ///< x under the mouse, when `hovered`
  bool hovered = false;
  std::string readout;   ///< values at the mouse, a line for each curve, when `hovered`
  bool clicked = false;  ///< in this frame, at hover_x, without dragging
  /// Smoothed copies, updated only when a curve grew or the weight changed.
  struct Smooth {
    const float* y = nullptr;
    size_t count = 0;
    float last = 0;
    double weight = 0;
    std::vector<float> values;
  };
  std::map<std::string, Smooth> smooth;
};

/// Draws the plot into `area`.
void plot(Ui& ui, const Rect& area, PlotState& state, const PlotSpec& spec);

}  // namespace lf::app::widgets
