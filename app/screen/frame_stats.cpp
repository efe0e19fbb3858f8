#include "app/screen/frame_stats.h"

#include <algorithm>
#include <vector>

namespace lf::app {
namespace {

constexpr double kWindowSeconds = 60, kRateSeconds = 2;
constexpr size_t kDrags = 200;

/// The value below which `share` of the values lie; 0 of an empty list.
double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const size_t at =
      std::min(values.size() - 1, static_cast<size_t>(share * static_cast<double>(values.size())));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}

}  // namespace

void FrameStats::frame(double began, double took, double driver) {
  ++count_;
  if (count_ == 1) return;
  frames_.push_back({began, took, driver});
  while (frames_.front().began < began - kWindowSeconds) frames_.pop_front();
}

void FrameStats::drag(double seconds) {
  drags_.push_back(seconds);
  if (drags_.size() > kDrags) drags_.pop_front();
}

double FrameStats::fps(double now) const {
  const auto recent = std::count_if(frames_.begin(), frames_.end(),
                                    [now](const Frame& f) { return f.began > now - kRateSeconds; });
  return static_cast<double>(recent) / kRateSeconds;
}

std::vector<double> FrameStats::times() const {
  std::vector<double> times;
  for (const Frame& f : frames_) times.push_back(f.took);
  return times;
}

std::vector<double> FrameStats::own_times() const {
  std::vector<double> times;
  for (const Frame& f : frames_) times.push_back(f.took - f.driver);
  return times;
}

double FrameStats::milliseconds_median() const { return 1000 * quantile(times(), 0.5); }
double FrameStats::milliseconds_min() const { return 1000 * quantile(times(), 0); }
double FrameStats::milliseconds_p99() const { return 1000 * quantile(times(), 0.99); }

double FrameStats::own_milliseconds_median() const { return 1000 * quantile(own_times(), 0.5); }
double FrameStats::own_milliseconds_min() const { return 1000 * quantile(own_times(), 0); }

double FrameStats::milliseconds_max() const {
  double largest = 0;
  for (const Frame& f : frames_) largest = std::max(largest, f.took);
  return 1000 * largest;
}

double FrameStats::drag_p95() const { return 1000 * quantile({drags_.begin(), drags_.end()}, 0.95); }

}  // namespace lf::app
