#include "inference/likelihood_summary.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/classes.h"

namespace lf::inference {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Sums {
  int64_t n = 0;
  double sum = 0, square = 0;

  void add(double value) { ++n, sum += value, square += value * value; }
  MeanBits mean() const {
    const auto count = static_cast<double>(n);
    const double spread = n < 2 ? kNan : std::sqrt(std::max(0.0, square - sum * sum / count) / (count - 1));
    return {n, n > 0 ? sum / count : kNan, spread, spread / std::sqrt(count)};
  }
};

}  // namespace

LikelihoodSummary summarise_likelihood(const std::vector<float>& bits, const std::vector<uint8_t>& labels) {
  ByClass<Sums> digits;
  Sums all;
  for (size_t i = 0; i < bits.size(); ++i) {
    digits[labels[i]].add(bits[i]);
    all.add(bits[i]);
  }
  LikelihoodSummary summary;
  for (size_t k = 0; k < kClasses; ++k) summary.digits[k] = digits[k].mean();
  summary.all = all.mean();
  return summary;
}

std::vector<int64_t> likeliest_first(const std::vector<float>& bits) {
  std::vector<int64_t> order(bits.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int64_t a, int64_t b) {
    return bits[static_cast<size_t>(a)] < bits[static_cast<size_t>(b)];
  });
  return order;
}

}  // namespace lf::inference
