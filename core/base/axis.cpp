#include "base/axis.h"

#include <algorithm>
#include <cmath>

#include "base/number_text.h"

namespace lf {
namespace {

constexpr double kSmallest = 1e-12;

double axis_value(const AxisRange& r, double v) {
  return r.logarithmic ? std::log10(std::max(v, kSmallest)) : v;
}

double axis_inverse(const AxisRange& r, double u) { return r.logarithmic ? std::pow(10.0, u) : u; }

/// The step (1, 2 or 5 times a power of ten) that gives about `wanted` ticks over `length`.
double nice_step(double length, int wanted) {
  const double raw = length / std::max(1, wanted);
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  for (double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= raw * 0.72) return factor * power;
  }
  return 10 * power;
}

std::vector<Tick> linear_ticks(double low, double high, int wanted) {
  std::vector<Tick> ticks;
  const double step = nice_step(high - low, wanted);
  const int decimals = std::clamp(static_cast<int>(-std::floor(std::log10(step) + 1e-9)), 0, 8);
  for (double i = std::ceil(low / step - 1e-9); i * step <= high + 1e-9 * step && ticks.size() < 100; ++i) {
    const double value = i * step;
    const bool large = std::max(std::abs(low), std::abs(high)) >= 1e4;
    ticks.push_back({value, large ? short_number(value, 4) : fixed(value, decimals)});
  }
  return ticks;
}

std::vector<Tick> log_ticks(const AxisRange& r, int wanted) {
  const double decades = std::log10(r.high / r.low);
  if (decades < 0.9) return linear_ticks(r.low, r.high, wanted);
  std::vector<double> factors{1};
  const double whole = std::floor(std::log10(r.high)) - std::ceil(std::log10(r.low)) + 1;
  if (decades * 3 <= wanted + 2 || whole < 2) factors = {1, 2, 5};
  const int stride = std::max(1, static_cast<int>(std::ceil(decades / std::max(1, wanted))));
  std::vector<Tick> ticks;
  for (int e = static_cast<int>(std::floor(std::log10(r.low))); e <= std::log10(r.high) + 1; ++e) {
    if (factors.size() == 1 && e % stride != 0) continue;
    for (double factor : factors) {
      const double value = factor * std::pow(10.0, e);
      if (value >= r.low * 0.9999 && value <= r.high * 1.0001)
        ticks.push_back({value, short_number(value, 3)});
    }
  }
  return ticks;
}

}  // namespace

double AxisRange::unit(double v) const {
  if (logarithmic && v <= 0) return 0;
  const double a = axis_value(*this, low), b = axis_value(*this, high);
  return b > a ? (axis_value(*this, v) - a) / (b - a) : 0.5;
}

double AxisRange::value(double u) const {
  const double a = axis_value(*this, low), b = axis_value(*this, high);
  return axis_inverse(*this, a + u * (b - a));
}

AxisRange AxisRange::zoomed(double factor, double center) const {
  AxisRange r = *this;
  r.low = value(center - center * factor);
  r.high = value(center + (1 - center) * factor);
  return r;
}

AxisRange AxisRange::moved(double part) const {
  AxisRange r = *this;
  r.low = value(part);
  r.high = value(1 + part);
  return r;
}

std::vector<Tick> nice_ticks(const AxisRange& range, int wanted) {
  if (!(range.high > range.low)) return {};
  if (range.logarithmic) return log_ticks(range, wanted);
  return linear_ticks(range.low, range.high, wanted);
}

AxisRange padded_range(double low, double high, bool logarithmic, double padding) {
  AxisRange r;
  r.logarithmic = logarithmic;
  if (logarithmic) low = std::max(low, kSmallest), high = std::max(high, low);
  if (!(high > low)) {
    const double room = logarithmic ? 0 : std::max(0.5, std::abs(high) * 0.1);
    r.low = logarithmic ? low / 2 : low - room;
    r.high = logarithmic ? high * 2 : high + room;
    return r;
  }
  r.low = low;
  r.high = high;
  return r.zoomed(1 + 2 * padding, 0.5);
}

std::vector<Tick> ticks_apart(const std::vector<Tick>& ticks, const AxisRange& range, double least) {
  std::vector<Tick> kept;
  for (const Tick& tick : ticks) {
    if (kept.empty() || std::abs(range.unit(tick.value) - range.unit(kept.back().value)) >= least)
      kept.push_back(tick);
  }
  return kept;
}

}  // namespace lf
