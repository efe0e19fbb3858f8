#include "widgets/plot/points.h"

#include <algorithm>
#include <cmath>

namespace lf::app::widgets {

std::vector<ColumnExtent> decimate(const float* x, const float* y, size_t n, const AxisRange& range,
                                   int width) {
  std::vector<ColumnExtent> result;
  if (n == 0 || width < 1) return result;
  size_t first = std::lower_bound(x, x + n, static_cast<float>(range.low)) - x;
  size_t end = std::upper_bound(x, x + n, static_cast<float>(range.high)) - x;
  first = first > 0 ? first - 1 : 0;
  end = std::min(n, end + 1);
  for (size_t i = first; i < end; ++i) {
    if (!std::isfinite(y[i])) continue;
    const double at = std::clamp(range.unit(x[i]), -0.5, 1.5) * width;
    const int column = static_cast<int>(std::floor(at));
    if (result.empty() || result.back().column != column) {
      result.push_back({column, y[i], y[i], y[i]});
      continue;
    }
    ColumnExtent& c = result.back();
    c.low = std::min(c.low, y[i]);
    c.high = std::max(c.high, y[i]);
    c.last = y[i];
  }
  return result;
}

std::vector<float> smoothed(const float* y, size_t n, double weight) {
  std::vector<float> result(n);
  double sum = 0, total = 0;
  for (size_t i = 0; i < n; ++i) {
    if (std::isfinite(y[i])) {
      sum = weight * sum + (1 - weight) * y[i];
      total = weight * total + (1 - weight);
    }
    result[i] = total > 0 ? static_cast<float>(sum / total) : y[i];
  }
  return result;
}

size_t nearest_index(const float* x, size_t n, double at) {
  if (n == 0) return n;
  const size_t i = std::lower_bound(x, x + n, static_cast<float>(at)) - x;
  if (i == 0) return 0;
  if (i == n) return n - 1;
  return x[i] - at < at - x[i - 1] ? i : i - 1;
}

}  // namespace lf::app::widgets
