#include "figures/plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/printed.h"

namespace lf::figure {
namespace {

constexpr float kLeft = 92, kBottom = 92;  // room for ticks, the axis name and the legend

/// Places values of the axes on the canvas.
class Scale {
 public:
  Scale(Box area, double x_low, double x_high, HeightAxis axis)
      : area_(area), x_low_(x_low), x_high_(std::max(x_high, x_low + 1e-9)), axis_(axis) {}

  float x(double value) const { return area_.x + float((value - x_low_) / (x_high_ - x_low_)) * area_.w; }
  float y(double value) const {
    const double low = along(axis_.low), high = along(axis_.high);
    return area_.bottom() - float((along(value) - low) / (high - low)) * area_.h;
  }
  Point at(double px, double py) const { return {x(px), y(py)}; }

 private:
  double along(double value) const { return axis_.logarithmic ? std::log10(value) : value; }
  Box area_;
  double x_low_, x_high_;
  HeightAxis axis_;
};

std::string tick_text(double value) {
  const double magnitude = std::abs(value);
  if (magnitude >= 10000) return printed("%.4gk", value / 1000);
  if (magnitude >= 1000) return printed("%.3gk", value / 1000);
  return printed("%.4g", value);
}

void draw_grid(Canvas& canvas, Box area, const Scale& scale, const HeightAxis& axis, double x_low,
               double x_high, const std::string& x_name) {
  for (const double value :
       axis.logarithmic ? log_ticks(axis.low, axis.high) : nice_ticks(axis.low, axis.high, 4)) {
    const float y = std::round(scale.y(value));
    canvas.fill_rect(area.x, y, area.w, 2, theme::kBorder);
    canvas.text({area.x - 14, y + 7}, tick_text(value), mono(theme::kTextDim, Align::kRight));
  }
  for (const double value : nice_ticks(x_low, x_high, 5)) {
    const float x = std::round(scale.x(value));
    canvas.fill_rect(x, area.y, 2, area.h, theme::kBorder.with_alpha(0.5f));
    canvas.text({x, area.bottom() + 30}, tick_text(value), mono(theme::kTextDim, Align::kCenter));
  }
  canvas.text({area.right(), area.bottom() + 66}, x_name, body(theme::kTextDim, Align::kRight));
}

void draw_curve(Canvas& canvas, const Curve& curve, const Scale& scale, const HeightAxis& axis) {
  std::vector<Point> points;
  const float nothing = std::numeric_limits<float>::quiet_NaN();
  for (size_t i = 0; i < std::min(curve.x.size(), curve.y.size()); ++i) {
    const bool drawable = std::isfinite(curve.y[i]) && (!axis.logarithmic || curve.y[i] > 0);
    const double value = std::clamp(double(curve.y[i]), axis.low, axis.high);
    points.push_back(drawable ? scale.at(curve.x[i], value) : Point{nothing, nothing});
  }
  canvas.polyline(points, curve.faint ? curve.color.with_alpha(0.28f) : curve.color, curve.thickness);
}

void draw_legend(Canvas& canvas, Box area, const std::vector<Curve>& curves) {
  float x = area.x;
  for (const auto& curve : curves) {
    if (curve.faint) continue;
    canvas.fill_rect(x, area.bottom() + 56, 26, 6, curve.color, 3);
    canvas.text({x + 38, area.bottom() + 66}, curve.name, body());
    x += 38 + canvas.text_width(curve.name, body()) + 36;
  }
}

/// Finite values of all curves; only positive ones if requested.
std::vector<float> all_values(const std::vector<Curve>& curves) {
  std::vector<float> values;
  for (const auto& curve : curves) {
    std::copy_if(curve.y.begin(), curve.y.end(), std::back_inserter(values),
                 [](float v) { return std::isfinite(v); });
  }
  return values;
}

}  // namespace

std::vector<double> nice_ticks(double low, double high, int wanted) {
  std::vector<double> ticks;
  if (!(high > low) || wanted < 1) return ticks;
  const double raw = (high - low) / wanted, power = std::pow(10, std::floor(std::log10(raw)));
  double step = power;
  for (const double factor : {2.0, 5.0, 10.0}) {
    if (step < raw) step = factor * power;
  }
  for (auto i = int64_t(std::ceil(low / step - 1e-9)); double(i) * step <= high + step * 1e-9; ++i) {
    ticks.push_back(double(i) * step);  // counted in whole numbers: there is no "-0"
  }
  return ticks;
}

std::vector<double> log_ticks(double low, double high) {
  std::vector<double> all, powers;
  for (double power = std::pow(10, std::floor(std::log10(low))); power <= high; power *= 10) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (factor * power < low || factor * power > high) continue;
      all.push_back(factor * power);
      if (factor == 1) powers.push_back(power);
    }
  }
  if (all.size() < 2) return nice_ticks(low, high, 4);
  return all.size() > 8 ? powers : all;
}

HeightAxis fitted_axis(const std::vector<Curve>& curves) {
  const auto values = all_values(curves);
  if (values.empty()) return {};
  const auto ends = std::minmax_element(values.begin(), values.end());
  double low = *ends.first, high = *ends.second;
  if (low > 0 && high / low > 4) return {low / 1.08, high * 1.08, true};
  const double room = std::max((high - low) * 0.06, std::abs(high) * 1e-3 + 1e-9);
  return {low - room, high + room, false};
}

std::vector<float> smoothed(const std::vector<float>& values, double share) {
  const auto n = int64_t(values.size());
  const auto reach = std::max<int64_t>(0, int64_t(double(n) * share / 2));
  std::vector<float> result(values.size());
  for (int64_t i = 0; i < n; ++i) {
    double sum = 0;
    int64_t count = 0;
    for (int64_t j = std::max<int64_t>(0, i - reach); j <= std::min(n - 1, i + reach); ++j) {
      if (std::isfinite(values[size_t(j)])) sum += values[size_t(j)], ++count;
    }
    result[size_t(i)] = count > 0 ? float(sum / double(count)) : values[size_t(i)];
  }
  return result;
}

void draw_plot(Canvas& canvas, Box box, const std::vector<Curve>& curves, const std::string& x_name) {
  const Box area{box.x + kLeft, box.y + 8, box.w - kLeft - 12, box.h - kBottom - 8};
  double x_high = 1;
  for (const auto& curve : curves) {
    for (const float x : curve.x) x_high = std::max(x_high, double(x));
  }
  const HeightAxis axis = fitted_axis(curves);
  const Scale scale(area, 0, x_high, axis);
  draw_grid(canvas, area, scale, axis, 0, x_high, x_name);
  for (const auto& curve : curves) draw_curve(canvas, curve, scale, axis);
  draw_legend(canvas, area, curves);
}

}  // namespace lf::figure
