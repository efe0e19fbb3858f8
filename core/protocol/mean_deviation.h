// Mean and standard deviation of a few values.
#pragma once

#include <string>
#include <vector>

namespace lf {

struct MeanDeviation {
  double mean = 0, deviation = 0;  ///< of a sample: divided by n − 1; 0 for one value
  size_t count = 0;
};

MeanDeviation mean_deviation(const std::vector<double>& values);

/// "3.92 ± 0.11 %": values times `scale`; without a deviation for one value, a dash for none.
std::string mean_text(const std::vector<double>& values, double scale, int decimals, const std::string& unit);

}  // namespace lf
