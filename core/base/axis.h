// The mathematics of one axis of a plot: positions of values, ranges and ticks. The window's plots and those
// written to files share it.
#pragma once

#include <string>
#include <vector>

namespace lf {

/// The visible range of one axis.
struct AxisRange {
  double low = 0, high = 1;
  bool logarithmic = false;

  /// Position of `value` in 0..1 (outside when it is outside). Log axes need positive values; others give 0.
  double unit(double value) const;
  /// The value at a position.
  double value(double unit) const;
  /// The same range, larger (factor > 1) or smaller around the position `center` (0..1).
  AxisRange zoomed(double factor, double center) const;
  /// Moved by a part of its own length.
  AxisRange moved(double part) const;
};

struct Tick {
  double value;
  std::string label;
};

/// About `wanted` ticks at 1, 2 or 5 times a power of ten (log axes: powers of ten, then 2 and 5,
/// or round numbers between if the range is short).
std::vector<Tick> nice_ticks(const AxisRange& range, int wanted);

/// The ticks whose labels do not cover the previous one: at least `least` (of 0..1) between two.
std::vector<Tick> ticks_apart(const std::vector<Tick>& ticks, const AxisRange& range, double least);

/// A range around [low, high] with a small margin; never empty, positive on log axes.
AxisRange padded_range(double low, double high, bool logarithmic, double padding = 0.04);

}  // namespace lf
