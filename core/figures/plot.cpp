#include "figures/plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace lf::figures {
namespace {

std::vector<files::Point> places_of(const Curve& curve, const Scale& scale) {
  std::vector<files::Point> points;
  const float nothing = std::numeric_limits<float>::quiet_NaN();
  const AxisRange &across = scale.x_axis().range, &up = scale.y_axis().range;
  for (size_t i = 0; i < std::min(curve.x.size(), curve.y.size()); ++i) {
    const bool drawable = std::isfinite(curve.y[i]) && (!up.logarithmic || curve.y[i] > 0) &&
                          (!across.logarithmic || curve.x[i] > 0);
    points.push_back(drawable ? scale.at(curve.x[i], curve.y[i]) : files::Point{nothing, nothing});
  }
  return points;
}

bool finite(const files::Point& point) { return std::isfinite(point.x) && std::isfinite(point.y); }

bool inside(const files::Point& point, const Box& box) {
  return point.x >= box.x && point.x <= box.right() && point.y >= box.y && point.y <= box.bottom();
}

/// The shares of the segment from a to b at which it enters and leaves the box (Liang and Barsky 1984); false
/// if it misses the box.
bool crossing(const files::Point& a, const files::Point& b, const Box& box, float& enter, float& leave) {
  enter = 0, leave = 1;
  const float dx = b.x - a.x, dy = b.y - a.y;
  const std::array<std::pair<float, float>, 4> sides{
      {{-dx, a.x - box.x}, {dx, box.right() - a.x}, {-dy, a.y - box.y}, {dy, box.bottom() - a.y}}};
  for (const auto& [outward, room] : sides) {
    if (outward == 0 && room < 0) return false;
    if (outward < 0) enter = std::max(enter, room / outward);
    if (outward > 0) leave = std::min(leave, room / outward);
  }
  return enter <= leave;
}

/// Dashes of equal length along the joined points.
void draw_dashes(Drawing& canvas, const std::vector<files::Point>& points, files::Rgb color, float thickness,
                 float dash) {
  constexpr float kHole = 10;
  float along_path = 0;
  for (size_t i = 0; i + 1 < points.size(); ++i) {
    const files::Point a = points[i], b = points[i + 1];
    const float length = std::hypot(b.x - a.x, b.y - a.y);
    if (!std::isfinite(length) || length <= 0) continue;
    for (float from = 0; from < length;) {
      const float phase = std::fmod(along_path + from, dash + kHole);
      const float to = std::min(length, from + (phase < dash ? dash - phase : dash + kHole - phase) + 1e-3f);
      const auto place = [&](float at) {
        return files::Point{a.x + (b.x - a.x) * at / length, a.y + (b.y - a.y) * at / length};
      };
      if (phase < dash) canvas.line(place(from), place(to), color, thickness);
      from = to;
    }
    along_path += length;
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

Scale::Scale(Box area, Axis x, Axis y) : area_(area), x_(std::move(x)), y_(std::move(y)) {}
float Scale::x(double value) const { return area_.x + float(x_.range.unit(value)) * area_.w; }
float Scale::y(double value) const { return area_.bottom() - float(y_.range.unit(value)) * area_.h; }

AxisRange fitted_range(const std::vector<Curve>& curves) {
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

void draw_axes(Drawing& canvas, const Scale& scale) {
  const Palette& palette = canvas.palette();
  const Box& area = scale.area();
  for (const Tick& tick : nice_ticks(scale.y_axis().range, 4)) {
    const float y = std::round(scale.y(tick.value));
    canvas.fill_rect(area.x, y, area.w, 2, palette.border);
    canvas.text({area.x - 14, y + 7}, tick.label, mono(palette.dim, files::Align::kRight));
  }
  for (const Tick& tick : nice_ticks(scale.x_axis().range, 5)) {
    const float x = std::round(scale.x(tick.value));
    canvas.fill_rect(x, area.y, 2, area.h, palette.border.with_alpha(0.5f));
    canvas.text({x, area.bottom() + 30}, tick.label, mono(palette.dim, files::Align::kCenter));
  }
  canvas.text({area.right(), area.bottom() + 66}, scale.x_axis().name,
              body(palette.dim, files::Align::kRight));
  canvas.text({area.x, area.y - 16}, scale.y_axis().name, body(palette.dim));
}

std::vector<std::vector<files::Point>> clipped(const std::vector<files::Point>& points, const Box& box) {
  std::vector<std::vector<files::Point>> runs;
  bool open = false;
  for (size_t i = 0; i + 1 < points.size(); ++i) {
    const files::Point &a = points[i], &b = points[i + 1];
    float enter = 0, leave = 1;
    if (!finite(a) || !finite(b) || !crossing(a, b, box, enter, leave)) {
      open = false;
      continue;
    }
    const auto at = [&](float share) {
      return files::Point{a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
    };
    if (!open || enter > 0) runs.push_back({at(enter)});
    runs.back().push_back(leave < 1 ? at(leave) : b);
    open = leave >= 1;
  }
  return runs;
}

std::vector<Curve> distinguished(std::vector<Curve> curves, const Palette& palette) {
  constexpr float kDashes[] = {0, 18, 6, 32};  // of the first named curve, the second, …
  size_t named = 0;
  for (Curve& curve : curves) {
    if (!palette.dashes || curve.faint || curve.name.empty()) continue;
    const float dash = kDashes[named++ % 4];
    if (dash > 0) curve.dashed = true, curve.dash = dash;
  }
  return curves;
}

void draw_curve(Drawing& canvas, const Curve& curve, const Scale& scale) {
  const std::vector<files::Point> points = places_of(curve, scale);
  const files::Rgb color = curve.faint ? curve.color.with_alpha(0.28f) : curve.color;
  if (curve.line)
    for (const auto& run : clipped(points, scale.area())) {
      if (curve.dashed)
        draw_dashes(canvas, run, color, curve.thickness, curve.dash);
      else
        canvas.polyline(run, color, curve.thickness);
    }
  if (!curve.points) return;
  for (const files::Point& point : points)
    if (finite(point) && inside(point, scale.area())) canvas.disc(point, curve.thickness * 1.9f, color);
}

void draw_legend(Drawing& canvas, const Box& area, const std::vector<Curve>& curves) {
  const Palette& palette = canvas.palette();
  float x = area.x;
  for (const auto& curve : curves) {
    if (curve.faint || curve.name.empty()) continue;
    if (curve.dashed)
      draw_dashes(canvas, {{x, area.bottom() + 59}, {x + 30, area.bottom() + 59}}, curve.color,
                  curve.thickness, std::min(curve.dash, 12.0f));
    else
      canvas.fill_rect(x, area.bottom() + 56, 26, 6, curve.color, 3);
    canvas.text({x + 38, area.bottom() + 66}, curve.name, body(palette.dim));
    x += 38 + text_width(curve.name, body(canvas.palette().dim)) + 36;
  }
}

void draw_plot(Drawing& canvas, Box box, const std::vector<Curve>& given, const std::string& x_name) {
  const std::vector<Curve> curves = distinguished(given, canvas.palette());
  const Box area{box.x + kAxisLeft, box.y + 8, box.w - kAxisLeft - 12, box.h - kAxisBottom - 8};
  double x_high = 1;
  for (const auto& curve : curves) {
    for (const float x : curve.x) x_high = std::max(x_high, double(x));
  }
  const Scale scale(area, {{0, x_high}, x_name}, {fitted_range(curves)});
  draw_axes(canvas, scale);
  for (const auto& curve : curves) draw_curve(canvas, curve, scale);
  draw_legend(canvas, area, curves);
}

}  // namespace lf::figures
