// Curves and bars.
#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "figures/panels/panels.h"
#include "figures/plot.h"

namespace lf::figures {
namespace {

constexpr float kPlotHeight = 520, kLegendLine = 34, kBarHeight = 20, kBarGap = 12;

Curve curve_of(const Palette& palette, const LabCurve& from) {
  Curve curve{from.name, from.x, from.y, tone_color(palette, from.tone)};
  curve.line = from.line, curve.points = from.points, curve.dashed = from.dashed;
  curve.faint = from.faint;
  curve.thickness = from.faint ? 1.5f : palette.cards ? (from.line ? 4 : 3) : 2.6f;
  return curve;
}

/// The range of finite values, with room at both ends; without any 0 to 1.
Axis axis_of(const std::vector<float>& values, bool logarithmic, const std::string& name, bool room) {
  double low = 0, high = 0;
  bool any = false;
  for (const float v : values) {
    if (!std::isfinite(v) || (logarithmic && v <= 0)) continue;
    low = any ? std::min(low, double(v)) : v, high = any ? std::max(high, double(v)) : v;
    any = true;
  }
  if (!any) return {{0, 1}, name};
  if (logarithmic) return {{low / 1.25, high * 1.25, true}, name};
  const double span = std::max(high - low, 1e-6 + 1e-3 * std::abs(high));
  const double margin = room ? 0.06 * span : 0;
  // A height that is nowhere negative begins at zero unless that would flatten it.
  const bool from_zero = room && low >= 0 && low < 0.5 * high;
  return {{from_zero ? 0 : low - margin, std::max(high, low + span) + margin}, name};
}

std::vector<float> values_of(const LabPlot& plot, bool across) {
  std::vector<float> all;
  for (const LabCurve& curve : plot.curves) {
    const auto& values = across ? curve.x : curve.y;
    all.insert(all.end(), values.begin(), values.end());
  }
  return all;
}

/// Names of curves in lines below the plot; returns how many lines it took.
int draw_names(Drawing* canvas, const std::vector<Curve>& curves, float x, float y, float width) {
  float at = 0;
  int lines = 0;
  for (const Curve& curve : curves) {
    if (curve.name.empty() || curve.faint) continue;
    const float need = 38 + text_width(curve.name, body({})) + 30;
    if (lines == 0 || at + need > width + 30) ++lines, at = 0;
    if (canvas) {
      const float top = y + kLegendLine * float(lines - 1);
      if (curve.line) canvas->fill_rect(x + at, top - 10, curve.dashed ? 11 : 26, 6, curve.color, 3);
      if (curve.line && curve.dashed) canvas->fill_rect(x + at + 16, top - 10, 11, 6, curve.color, 3);
      if (!curve.line) canvas->disc({x + at + 13, top - 7}, 6, curve.color);
      canvas->text({x + at + 38, top}, curve.name, body(canvas->palette().dim));
    }
    at += need;
  }
  return lines;
}

std::vector<Curve> curves_of(const Palette& palette, const LabPlot& plot) {
  std::vector<Curve> curves;
  for (const LabCurve& curve : plot.curves) curves.push_back(curve_of(palette, curve));
  return curves;
}

float legend_height(const std::vector<Curve>& curves, float width) {
  return kLegendLine * float(draw_names(nullptr, curves, 0, 0, width - kAxisLeft));
}

float bars_left(const LabBars& bars) { return widest(bars.names, body({})) + 20; }

float row_of(const LabBars& bars) { return kBarHeight * float(bars.series.size()) + kBarGap; }

std::vector<Curve> bar_names(const Palette& palette, const LabBars& bars) {
  std::vector<Curve> names;
  for (const auto& series : bars.series)
    names.push_back({series.name, {}, {}, tone_color(palette, series.tone)});
  return names;
}

/// From zero, or the shortest bar where some are negative, to the longest with its whisker.
Axis axis_of(const LabBars& bars) {
  double low = bars.logarithmic ? 1e300 : 0, high = 0;
  for (const auto& series : bars.series) {
    for (size_t i = 0; i < series.values.size(); ++i) {
      const double error = i < series.errors.size() && std::isfinite(series.errors[i]) ? series.errors[i] : 0;
      if (!std::isfinite(series.values[i]) || (bars.logarithmic && series.values[i] <= 0)) continue;
      low = std::min(low, series.values[i] - error), high = std::max(high, series.values[i] + error);
    }
  }
  if (bars.logarithmic && high > 0)
    return {{std::pow(10, std::floor(std::log10(low) - 0.05)), high * 1.3, true}, bars.unit};
  return {{std::min(low, 0.0), high > low ? high * 1.05 : low + 1}, bars.unit};
}

void draw_bar(Drawing& canvas, const Scale& scale, const LabBars::Series& series, size_t i, float y) {
  if (i >= series.values.size() || !std::isfinite(series.values[i])) return;
  const AxisRange& range = scale.x_axis().range;
  if (range.logarithmic && series.values[i] <= 0) return;
  const float zero = scale.x(range.logarithmic ? range.low : 0), end = scale.x(series.values[i]);
  const int tone = series.tone == kToneText ? int(i % kClasses) : series.tone;
  canvas.fill_rect(std::min(zero, end), y, std::abs(end - zero), kBarHeight - 4,
                   tone_color(canvas.palette(), tone), 3);
  if (i >= series.errors.size() || !std::isfinite(series.errors[i])) return;
  const float middle = y + kBarHeight / 2 - 2;
  canvas.line({scale.x(series.values[i] - series.errors[i]), middle},
              {scale.x(series.values[i] + series.errors[i]), middle}, canvas.palette().text, 2);
}

}  // namespace

float height_of(const LabPlot& plot, float width) {
  return kPlotHeight + std::max(kLegendLine, legend_height(curves_of(kPrint, plot), width));
}

void draw_panel(Drawing& canvas, Box box, const LabPlot& plot) {
  const std::vector<Curve> curves = distinguished(curves_of(canvas.palette(), plot), canvas.palette());
  const float names = std::max(kLegendLine, legend_height(curves, box.w)),
              head = plot.y_name.empty() ? 8 : 34;
  const Box area{box.x + kAxisLeft, box.y + head, box.w - kAxisLeft - 12,
                 box.h - head - names - kAxisBottom + 22};
  Axis across = plot.x_name == "t" ? Axis{{0, 1}, "t"}
                                   : axis_of(values_of(plot, true), plot.logarithmic_x, plot.x_name, false);
  Axis up = axis_of(values_of(plot, false), plot.logarithmic_y, plot.y_name, true);
  if (plot.x_low < plot.x_high) across.range.low = plot.x_low, across.range.high = plot.x_high;
  if (plot.y_low < plot.y_high) up.range.low = plot.y_low, up.range.high = plot.y_high;
  const Scale scale(area, across, up);
  draw_axes(canvas, scale);
  for (const Curve& curve : curves) draw_curve(canvas, curve, scale);
  draw_names(&canvas, curves, area.x, box.bottom() - names + kLegendLine - 8, area.w);
}

float height_of(const LabBars& bars, float width) {
  const float names = bars.series.size() > 1 ? legend_height(bar_names(kPrint, bars), width) + 8 : 0;
  return row_of(bars) * float(bars.names.size()) + 76 + names;
}

void draw_panel(Drawing& canvas, Box box, const LabBars& bars) {
  const float left = bars_left(bars), row = row_of(bars);
  const Box area{box.x + left, box.y, box.w - left - 24, row * float(bars.names.size())};
  const Scale scale(area, axis_of(bars), {});
  for (const Tick& tick : nice_ticks(scale.x_axis().range, 5)) {
    const float x = std::round(scale.x(tick.value));
    canvas.fill_rect(x, area.y, 2, area.h, canvas.palette().border);
    canvas.text({x, area.bottom() + 30}, tick.label, mono(canvas.palette().dim, files::Align::kCenter));
  }
  canvas.text({area.right(), area.bottom() + 64}, bars.unit,
              body(canvas.palette().dim, files::Align::kRight));
  for (size_t i = 0; i < bars.names.size(); ++i) {
    const float top = area.y + row * float(i) + kBarGap / 2;
    canvas.text({area.x - 20, top + (row - kBarGap) / 2 + 6}, bars.names[i],
                body(canvas.palette().dim, files::Align::kRight));
    for (size_t s = 0; s < bars.series.size(); ++s)
      draw_bar(canvas, scale, bars.series[s], i, top + kBarHeight * float(s));
  }
  if (bars.series.size() > 1)
    draw_names(&canvas, bar_names(canvas.palette(), bars), area.x, area.bottom() + 64 + kLegendLine + 8,
               area.w);
}

}  // namespace lf::figures
