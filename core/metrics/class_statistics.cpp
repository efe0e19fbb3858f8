#include "metrics/class_statistics.h"

#include <ATen/ATen.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "base/classes.h"

namespace lf::metrics {

void ClassStatistics::add(const at::Tensor& wanted, const at::Tensor& logits) {
  at::Tensor rows = wanted.to(at::kLong).contiguous();
  at::Tensor columns = logits.argmax(1).contiguous();
  const int64_t* row = rows.const_data_ptr<int64_t>();
  const int64_t* column = columns.const_data_ptr<int64_t>();
  for (int64_t i = 0; i < rows.numel(); ++i) ++confusion_.at(row[i]).at(column[i]);
}

int64_t ClassStatistics::count() const {
  auto counts = seen();
  return std::accumulate(counts.begin(), counts.end(), int64_t{0});
}

double ClassStatistics::accuracy() const {
  int64_t right = 0, all = count();
  for (int digit = 0; digit < kClasses; ++digit) right += confusion_[digit][digit];
  return all ? double(right) / all : 0;
}

ByClass<double> ClassStatistics::digit_accuracy() const {
  ByClass<double> shares;
  for (int digit = 0; digit < kClasses; ++digit) {
    const auto& row = confusion_[digit];
    double wanted = std::accumulate(row.begin(), row.end(), 0.0);
    shares[digit] = wanted > 0 ? row[digit] / wanted : std::numeric_limits<double>::quiet_NaN();
  }
  return shares;
}

ByClass<int64_t> ClassStatistics::seen() const {
  ByClass<int64_t> counts{};
  for (const auto& row : confusion_)
    for (int digit = 0; digit < kClasses; ++digit) counts[digit] += row[digit];
  return counts;
}

double ClassStatistics::kl_to(const ByClass<int64_t>& train_counts) const {
  auto counts = seen();
  double seen_total = count() + double{kClasses};
  double train_total = std::accumulate(train_counts.begin(), train_counts.end(), double{kClasses});
  double kl = 0;
  for (int digit = 0; digit < kClasses; ++digit) {
    double p = (counts[digit] + 1) / seen_total, q = (train_counts[digit] + 1) / train_total;
    kl += p * std::log(p / q);
  }
  return kl;
}

}  // namespace lf::metrics
