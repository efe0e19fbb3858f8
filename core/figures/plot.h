// One plot with axes: linear or logarithmic values over linear steps.
#pragma once

#include <string>
#include <vector>

#include "base/axis.h"
#include "figures/frame.h"

namespace lf::figures {

/// A curve; points that are not finite (or not positive on a logarithmic axis) leave a gap.
struct Curve {
  std::string name;  ///< in the legend; "" leaves it out
  std::vector<float> x, y;
  files::Rgb color;
  float thickness = 3;
  bool faint = false;  ///< drawn pale and omitted from the legend: the raw values of a smoothed curve
  bool line = true, points = false, dashed = false;
  float dash = 14;  ///< length of a dash, if dashed
};

struct Axis {
  AxisRange range;
  std::string name = "";
};

/// Places values of two axes in a box.
class Scale {
 public:
  Scale(Box area, Axis x, Axis y);
  float x(double value) const;
  float y(double value) const;
  files::Point at(double px, double py) const { return {x(px), y(py)}; }
  const Box& area() const { return area_; }
  const Axis& x_axis() const { return x_; }
  const Axis& y_axis() const { return y_; }

 private:
  Box area_;
  Axis x_, y_;
};

/// The range of the curves, with a margin: logarithmic if they span more than a factor of four.
AxisRange fitted_range(const std::vector<Curve>& curves);
/// Mean over a window around each point, `share` of the curve wide.
std::vector<float> smoothed(const std::vector<float>& values, double share = 0.02);

/// Room for ticks at the left, and for ticks, the axis' name and the legend below.
inline constexpr float kAxisLeft = 92, kAxisBottom = 92;
/// Lines, ticks and names of both axes; the height's name stands above it.
void draw_axes(Drawing& canvas, const Scale& scale);
/// What lies outside the ranges of the axes is not drawn.
void draw_curve(Drawing& canvas, const Curve& curve, const Scale& scale);
/// With a palette without colours, every curve but the first gets dashes of its own length.
std::vector<Curve> distinguished(std::vector<Curve> curves, const Palette& palette);
/// The parts of joined points inside a box; points that are not finite leave a gap.
std::vector<std::vector<files::Point>> clipped(const std::vector<files::Point>& points, const Box& box);
/// Names and colours below the box, up to its right end; lines of it follow each other.
void draw_legend(Drawing& canvas, const Box& area, const std::vector<Curve>& curves);
/// Draws grid, ticks, curves and legend into the box, for a window's figure: x from 0, the height as fitted.
void draw_plot(Drawing& canvas, Box box, const std::vector<Curve>& curves, const std::string& x_name);

}  // namespace lf::figures
