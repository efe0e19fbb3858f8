#include "app/screen/look_back_times.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace lf::app {
namespace {

constexpr size_t kMost = 100;

double p95(const std::deque<double>& times) {
  if (times.empty()) return 0;
  std::vector<double> sorted(times.begin(), times.end());
  std::sort(sorted.begin(), sorted.end());
  return 1000 * sorted[static_cast<size_t>(std::ceil(0.95 * static_cast<double>(sorted.size()))) - 1];
}

}  // namespace

void LookBackTimes::asked(int64_t step, bool known, double now) {
  if (step == step_) return;
  step_ = step;
  known_ = known;
  waits_ = step >= 0;
  began_ = now;
}

void LookBackTimes::shown(int64_t step, double now) {
  if (!waits_ || step != step_) return;
  waits_ = false;
  std::deque<double>& times = known_ ? known_times_ : computed_times_;
  times.push_back(now - began_);
  if (times.size() > kMost) times.pop_front();
}

double LookBackTimes::known_p95() const { return p95(known_times_); }
double LookBackTimes::computed_p95() const { return p95(computed_times_); }

}  // namespace lf::app
