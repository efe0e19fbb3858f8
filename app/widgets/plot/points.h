// The points of a curve: fewer of them for drawing, smoothed, and found by their x. No ImGui here.
#pragma once

#include <cstddef>
#include <vector>

#include "base/axis.h"

namespace lf::app::widgets {

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

}  // namespace lf::app::widgets
