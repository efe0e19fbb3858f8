// One plot with axes: a linear or logarithmic height over linear steps.
#pragma once

#include <string>
#include <vector>

#include "figures/frame.h"

namespace lf::figure {

/// A curve; points that are not finite (or not positive on a logarithmic axis) leave a gap.
struct Curve {
  std::string name;
  std::vector<float> x, y;
  Rgb color;
  float thickness = 3;
  bool faint = false;  ///< drawn pale and left out of the legend: the raw values behind a smoothed curve
};

/// The range and scale of the height axis.
struct HeightAxis {
  double low = 0, high = 1;
  bool logarithmic = false;
};

/// Ticks at 1, 2, 5 × powers of ten that lie in [low, high], about `wanted` of them.
std::vector<double> nice_ticks(double low, double high, int wanted);
/// Ticks of a logarithmic axis: 1, 2, 5 × powers of ten, only the powers where that is too many.
std::vector<double> log_ticks(double low, double high);
/// The range that shows the curves: logarithmic where they span more than a factor of four, ends with room.
HeightAxis fitted_axis(const std::vector<Curve>& curves);
/// Mean over a window around each point, `share` of the curve wide: steady enough to read.
std::vector<float> smoothed(const std::vector<float>& values, double share = 0.02);

/// Draws grid, ticks, curves and legend into the box.
void draw_plot(Canvas& canvas, Box box, const std::vector<Curve>& curves, const std::string& x_name);

}  // namespace lf::figure
