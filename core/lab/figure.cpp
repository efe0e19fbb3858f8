#include "lab/figure.h"

#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "base/printed.h"

namespace lf {

std::string fixed_text(double value, int places) {
  const std::string text = printed("%.*f", places, value);
  const bool zero = text.find_first_of("123456789infa") == std::string::npos;
  return zero && text[0] == '-' ? text.substr(1) : text;  // no "-0.00"
}

std::string class_text(uint8_t label, const std::string& none) {
  return label < kClasses ? std::to_string(label) : none;
}

std::vector<std::string> class_names() {
  std::vector<std::string> names;
  for (int k = 0; k < kClasses; ++k) names.push_back(std::to_string(k));
  return names;
}

std::vector<size_t> spread_indices(size_t n, size_t count) {
  std::vector<size_t> indices;
  count = std::min(n, count);
  for (size_t i = 0; i < count; ++i)
    indices.push_back(count == 1 ? 0 : (i * (n - 1) + (count - 1) / 2) / (count - 1));
  return indices;
}

size_t nearest_index(const std::vector<float>& values, double wanted) {
  const auto nearest = std::min_element(values.begin(), values.end(), [&](float a, float b) {
    return std::abs(static_cast<double>(a) - wanted) < std::abs(static_cast<double>(b) - wanted);
  });
  return nearest == values.end() ? 0 : static_cast<size_t>(nearest - values.begin());
}

LabCurve histogram_curve(const std::vector<float>& values, double low, double high, int bins) {
  LabCurve curve;
  const double width = (high - low) / bins;
  std::vector<double> counts(static_cast<size_t>(bins));
  for (const float value : values) {
    const auto bin = static_cast<int>(std::floor((static_cast<double>(value) - low) / width));
    if (bin >= 0 && bin < bins) ++counts[static_cast<size_t>(bin)];
  }
  for (int i = 0; i < bins; ++i) {
    curve.x.push_back(static_cast<float>(low + (i + 0.5) * width));
    curve.y.push_back(static_cast<float>(100 * counts[static_cast<size_t>(i)] /
                                         static_cast<double>(std::max<size_t>(1, values.size()))));
  }
  return curve;
}

}  // namespace lf
