#include "flow/error_density.h"

#include <algorithm>
#include <cmath>

#include "base/errors.h"

namespace lf::flow {

double ErrorDensity::integral(double to) const {
  double sum = value.front() * std::min(to, t.front());
  for (size_t i = 0; i + 1 < t.size() && t[i] < to; ++i) {
    const double end = std::min(to, t[i + 1]), share = (end - t[i]) / (t[i + 1] - t[i]);
    sum += (end - t[i]) * (value[i] + 0.5 * share * (value[i + 1] - value[i]));
  }
  return sum + value.back() * std::max(0.0, to - t.back());
}

ErrorDensity error_density(const std::vector<double>& middles, const std::vector<double>& errors,
                           double step_length, int order) {
  if (middles.empty() || middles.size() != errors.size() || !(step_length > 0))
    throw InputError("a density of errors needs a measured error for every step, and their length");
  ErrorDensity density{middles, {}};
  for (const double error : errors) density.value.push_back(std::pow(error, 1.0 / (order + 1)) / step_length);
  const double most = *std::max_element(density.value.begin(), density.value.end());
  for (double& value : density.value) value = std::max({value, most / 100, 1e-12});
  return density;
}

std::vector<double> equidistributed(const ErrorDensity& density, int64_t steps) {
  std::vector<double> boundaries{0};
  const double total = density.total();
  for (int64_t i = 1; i < steps; ++i) {
    const double wanted = total * static_cast<double>(i) / static_cast<double>(steps);
    double low = boundaries.back(), high = 1;
    while (high - low > 1e-12) {  // monotonic, so bisection finds it
      const double middle = 0.5 * (low + high);
      (density.integral(middle) < wanted ? low : high) = middle;
    }
    boundaries.push_back(0.5 * (low + high));
  }
  boundaries.push_back(1);
  return boundaries;
}

std::vector<double> foretold_errors(const ErrorDensity& density, const std::vector<double>& boundaries,
                                    int order) {
  std::vector<double> errors;
  for (size_t i = 0; i + 1 < boundaries.size(); ++i)
    errors.push_back(
        std::pow(density.integral(boundaries[i + 1]) - density.integral(boundaries[i]), order + 1));
  return errors;
}

}  // namespace lf::flow
