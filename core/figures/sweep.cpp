// The results of a sweep as a figure: a heat map for two settings, a line for one.
#include <algorithm>
#include <cmath>

#include "base/number_text.h"
#include "base/printed.h"
#include "figures/figures.h"
#include "figures/parts.h"
#include "figures/plot.h"
#include "figures/print/save.h"

namespace lf::figures {
namespace {

constexpr float kHeatWidth = 196, kHeatHeight = 90, kHeatLeft = 150, kHeatTop = 40, kHeatBelow = 96;

std::string score_text(const SweepMean& mean) {
  if (mean.mean < 0) return "—";
  const std::string text = printed("%.2f", mean.mean);
  return mean.deviation < 0 ? text : text + " ± " + printed("%.2f", mean.deviation);
}

/// The lowest and the highest mean FD; both 0 without any.
AxisRange score_range(const std::vector<SweepSummary>& summaries) {
  AxisRange range{HUGE_VAL, -HUGE_VAL};
  for (const auto& each : summaries) {
    if (each.fd.mean < 0) continue;
    range.low = std::min(range.low, each.fd.mean);
    range.high = std::max(range.high, each.fd.mean);
  }
  if (range.low > range.high) range.low = range.high = 0;
  return range;
}

/// Good scores in the colour of the flow, bad ones like the card.
files::Rgb cell_color(const Palette& palette, double fd, const AxisRange& range) {
  const double span = range.high - range.low;
  const auto share = static_cast<float>(span > 0 ? (range.high - fd) / span : 1);
  return mixed(palette.card, palette.blue, 0.12f + 0.68f * share);
}

std::string best_sentence(const SweepPlan& plan, const std::vector<SweepSummary>& summaries) {
  const int64_t best = best_combination(summaries);
  if (best < 0) return "No run was trained to its end.";
  const auto& winner = summaries[static_cast<size_t>(best)];
  return "Best: " + point_text(plan.axes, winner.point) + ", FD " + score_text(winner.fd) + " %.";
}

std::string remark_of(const SweepPlan& plan) {
  const size_t seeds = plan.seeds.size();
  return "FD %, " + (seeds > 1 ? "mean ± s.d. over " + std::to_string(seeds) + " seeds"
                               : "seed " + std::to_string(plan.seeds.front()));
}

/// Names and values of both settings beside the cells.
void draw_heat_axes(Drawing& canvas, Box content, Box cells, const SweepPlan& plan) {
  const SweepAxis &across = plan.axes[1], &down = plan.axes[0];
  canvas.text({content.x, content.y + 20}, down.setting, body(canvas.palette().dim));
  for (size_t i = 0; i < down.values.size(); ++i)
    canvas.text({cells.x - 16, cells.y + (float(i) + 0.5f) * kHeatHeight + 8}, down.values[i],
                mono(canvas.palette().text, files::Align::kRight));
  for (size_t i = 0; i < across.values.size(); ++i)
    canvas.text({cells.x + (float(i) + 0.5f) * kHeatWidth, cells.bottom() + 30}, across.values[i],
                mono(canvas.palette().text, files::Align::kCenter));
  canvas.text({cells.x + cells.w / 2, cells.bottom() + 62}, across.setting,
              body(canvas.palette().dim, files::Align::kCenter));
}

void draw_heat_cells(Drawing& canvas, Box cells, const std::vector<SweepSummary>& summaries) {
  const AxisRange range = score_range(summaries);
  const int64_t best = best_combination(summaries);
  for (size_t i = 0; i < summaries.size(); ++i) {
    const SweepSummary& each = summaries[i];
    const Box cell{cells.x + float(each.point[1]) * kHeatWidth + 2,
                   cells.y + float(each.point[0]) * kHeatHeight + 2, kHeatWidth - 4, kHeatHeight - 4};
    if (each.fd.mean >= 0)
      canvas.fill_rect(cell.x, cell.y, cell.w, cell.h, cell_color(canvas.palette(), each.fd.mean, range), 8);
    if (int64_t(i) == best) canvas.stroke_rect(cell.x, cell.y, cell.w, cell.h, canvas.palette().text, 3, 8);
    canvas.text({cell.x + cell.w / 2, cell.y + cell.h / 2 + 7}, score_text(each.fd),
                mono(canvas.palette().text, files::Align::kCenter));
  }
}

/// Pixels of title and remark, and at least of most sentences.
int heading_width(const SweepPlan& plan) {
  const files::TextStyle title{float(kTitle), {}, files::FontStyle::kSemibold};
  return std::max(700, int(text_width(plan.name, title) + text_width(remark_of(plan), body({}))) + 40);
}

Drawing draw_heat_map(const SweepPlan& plan, const std::vector<SweepSummary>& summaries,
                      const Palette& palette) {
  const float width = kHeatWidth * float(plan.axes[1].values.size());
  const float height = kHeatHeight * float(plan.axes[0].values.size());
  Drawing canvas(float(std::max(heading_width(plan), int(kHeatLeft + width)) + 2 * (kGap + kPad)),
                 kHeatTop + height + kHeatBelow + kSentenceHeight + float(2 * (kGap + kPad) + kTitle),
                 palette);
  const Box content =
      draw_card(canvas, {kGap, kGap, float(canvas.width() - 2 * kGap), float(canvas.height() - 2 * kGap)},
                plan.name, remark_of(plan));
  const Box cells{content.x + kHeatLeft, content.y + kHeatTop, width, height};
  draw_heat_axes(canvas, content, cells, plan);
  draw_heat_cells(canvas, cells, summaries);
  draw_sentence(canvas, content, best_sentence(plan, summaries));
  return canvas;
}

/// Mean, mean − standard deviation and mean + standard deviation over the values of the only axis.
std::vector<Curve> line_curves(const Palette& palette, const SweepPlan& plan,
                               std::vector<SweepSummary> summaries, bool numbers) {
  const SweepAxis& axis = plan.axes.front();
  const auto x_of = [&](const SweepSummary& each) {
    return numbers ? *parse_number(axis.values[each.point[0]]) : static_cast<double>(each.point[0]);
  };
  std::sort(summaries.begin(), summaries.end(),
            [&](const SweepSummary& a, const SweepSummary& b) { return x_of(a) < x_of(b); });
  std::vector<Curve> curves(3);
  for (const auto& each : summaries) {
    if (each.fd.mean < 0) continue;
    const double deviation = std::max(0.0, each.fd.deviation);
    for (size_t i = 0; i < curves.size(); ++i) {
      curves[i].x.push_back(float(x_of(each)));
      curves[i].y.push_back(float(each.fd.mean + (i == 0 ? 0 : i == 1 ? -deviation : deviation)));
    }
  }
  curves[0].name = "FD %";
  curves[0].color = palette.blue;
  curves[0].points = true;
  curves[1].name = "mean ± standard deviation";
  for (size_t i = 1; i < curves.size(); ++i) {
    curves[i].color = palette.dim;
    curves[i].dashed = true;
  }
  if (plan.seeds.size() < 2) curves.resize(1);
  return curves;
}

Drawing draw_line(const SweepPlan& plan, const std::vector<SweepSummary>& summaries, const Palette& palette) {
  const SweepAxis& axis = plan.axes.front();
  const bool numbers = std::all_of(axis.values.begin(), axis.values.end(),
                                   [](const std::string& value) { return parse_number(value).has_value(); });
  const std::vector<Curve> curves = distinguished(line_curves(palette, plan, summaries, numbers), palette);
  Drawing canvas(1200, 760, palette);
  Box content = draw_card(canvas, {kGap, kGap, 1200 - 2 * kGap, 760 - 2 * kGap}, plan.name, remark_of(plan));
  draw_sentence(canvas, content, best_sentence(plan, summaries));
  content.h -= kSentenceHeight;
  const std::vector<float>& x = curves[0].x;
  AxisRange across{x.empty() ? 0 : x.front(), x.empty() ? 1 : x.back()};
  if (across.low == across.high) across.high = across.low + 1;
  across.logarithmic = numbers && setting_info(axis.setting).logarithmic && across.low > 0;
  const Box area{content.x + kAxisLeft, content.y + 30, content.w - kAxisLeft, content.h - 30 - kAxisBottom};
  const Scale scale(area, {across, axis.setting}, {fitted_range(curves), "FD %"});
  draw_axes(canvas, scale);
  for (const auto& curve : curves) draw_curve(canvas, curve, scale);
  draw_legend(canvas, area, curves);
  return canvas;
}

}  // namespace

std::optional<Drawing> draw_sweep(const SweepPlan& plan, const std::vector<SweepRun>& runs,
                                  const Palette& palette) {
  constexpr size_t kMostCells = 24;
  const std::vector<SweepSummary> summaries = summarise_sweep(runs);
  if (plan.axes.size() == 1) return draw_line(plan, summaries, palette);
  if (plan.axes.size() != 2) return std::nullopt;
  if (plan.axes[0].values.size() > kMostCells || plan.axes[1].values.size() > kMostCells) return std::nullopt;
  return draw_heat_map(plan, summaries, palette);
}

LabTable sweep_table(const SweepPlan& plan, const std::vector<SweepRun>& runs) {
  std::vector<std::string> columns;
  for (const SweepAxis& axis : plan.axes) columns.push_back(axis.setting);
  for (const char* name : {"mean FD (%)", "standard deviation of FD (%)"}) columns.push_back(name);
  LabTable table(columns);
  for (const SweepSummary& each : summarise_sweep(runs)) {
    table.row();
    for (size_t i = 0; i < plan.axes.size(); ++i) table.cell(plan.axes[i].values[each.point[i]]);
    for (const double value : {each.fd.mean, each.fd.deviation}) table.cell(value < 0 ? NAN : value);
  }
  return table;
}

bool write_sweep_figure(const std::filesystem::path& path, const SweepPlan& plan,
                        const std::vector<SweepRun>& runs) {
  const std::optional<Drawing> drawing = draw_sweep(plan, runs, kDark);
  if (drawing) save_figure(path, *drawing, LabTable({}));
  return drawing.has_value();
}

}  // namespace lf::figures
