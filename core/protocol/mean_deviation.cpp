#include "protocol/mean_deviation.h"

#include <cmath>
#include <numeric>

#include "base/number_text.h"

namespace lf {

MeanDeviation mean_deviation(const std::vector<double>& values) {
  MeanDeviation result;
  result.count = values.size();
  if (values.empty()) return result;
  result.mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  if (values.size() < 2) return result;
  double squares = 0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  result.deviation = std::sqrt(squares / static_cast<double>(values.size() - 1));
  return result;
}

std::string mean_text(const std::vector<double>& values, double scale, int decimals,
                      const std::string& unit) {
  const MeanDeviation all = mean_deviation(values);
  if (all.count == 0 || !std::isfinite(all.mean)) return "—";
  std::string text = fixed(scale * all.mean, decimals);
  if (all.count > 1) text += " ± " + fixed(scale * all.deviation, decimals);
  return text + (unit.empty() ? "" : " " + unit);
}

}  // namespace lf
