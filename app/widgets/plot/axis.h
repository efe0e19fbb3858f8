// The mathematics of one axis of a plot: where a value stands, where the ticks are, and how many points are
// worth drawing. No ImGui here.
#pragma once

#include <cstddef>
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

/// About `wanted` ticks at 1, 2 or 5 times a power of ten (log axes: powers of ten, then 2 and 5, or round
/// numbers between where the range is short).
std::vector<Tick> nice_ticks(const AxisRange& range, int wanted);

/// Those of the ticks whose labels do not cover the one before: at least `least` (of 0..1) lies between two.
std::vector<Tick> ticks_apart(const std::vector<Tick>& ticks, const AxisRange& range, double least);

/// A range that holds [low, high] with a little room; never empty, positive on log axes.
AxisRange padded_range(double low, double high, bool logarithmic, double padding = 0.04);

/// For drawing: smallest and largest value in each pixel column.
struct ColumnExtent {
  int column;
  float low, high, last;
};
/// Reduces n points (x ascending) to at most two values per pixel column of a `width` pixels wide axis; the
/// first point left and right of the range are kept, so that lines run to the edge. O(n).
std::vector<ColumnExtent> decimate(const float* x, const float* y, size_t n, const AxisRange& range,
                                   int width);

/// Exponential smoothing with bias correction; weight 0 is the raw curve, 0.98 very smooth. NaNs are skipped.
std::vector<float> smoothed(const float* y, size_t n, double weight);

/// Index of the point nearest to `x` (ascending), or n when n is 0.
size_t nearest_index(const float* x, size_t n, double at);

}  // namespace lf
