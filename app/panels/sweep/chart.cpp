// Scores of the combinations of a sweep.
#include <algorithm>
#include <cmath>

#include "base/number_text.h"
#include "panels/sweep/cards.h"
#include "panels/sweep/sweep_text.h"
#include "widgets/control/card.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr float kAcrossHeight = 40, kDownWidth = 84, kLargestCell = 130, kTallestCell = 64;

bool all_numbers(const SweepAxis& axis) {
  return std::all_of(axis.values.begin(), axis.values.end(),
                     [](const std::string& value) { return parse_number(value).has_value(); });
}

/// The lowest and the highest mean FD.
AxisRange fd_range(const std::vector<SweepSummary>& summaries) {
  AxisRange range{HUGE_VAL, -HUGE_VAL};
  for (const auto& each : summaries) {
    if (each.fd.mean < 0) continue;
    range.low = std::min(range.low, each.fd.mean);
    range.high = std::max(range.high, each.fd.mean);
  }
  return range;
}

std::string cell_tooltip(const SweepBlock& sweep, const SweepSummary& summary) {
  std::string text = "FD " + mean_cell(summary.fd, 2) + " % of " + counted(summary.done, "finished run");
  if (summary.others > 0) text += ", " + counted(summary.others, "run") + " ended early";
  return text + ". " + sentence_case(point_text(sweep.plan.axes, summary.point));
}

/// Cells of a heat map; `down` is null for a single row.
struct HeatPlan {
  Rect cells;
  float width = 0, height = 0;
  const SweepAxis* down = nullptr;
  const SweepAxis* across = nullptr;
};

HeatPlan heat_plan(const PanelContext& c, Rect area, const SweepPlan& plan) {
  HeatPlan heat;
  heat.across = &plan.axes.back();
  if (plan.axes.size() > 1) heat.down = &plan.axes.front();
  area.take_left(c.px(kDownWidth), 0);
  area.take_bottom(c.px(kAcrossHeight), 0);
  area.take_top(c.px(20), 0);
  const auto across = static_cast<float>(heat.across->values.size());
  const float down = heat.down ? static_cast<float>(heat.down->values.size()) : 1;
  heat.width = std::floor(std::min(area.w / across, c.px(kLargestCell)));
  heat.height = std::floor(std::min(area.h / down, c.px(kTallestCell)));
  heat.cells = {area.x, area.y, heat.width * across, heat.height * down};
  return heat;
}

void draw_heat_words(const PanelContext& c, const HeatPlan& heat) {
  const Theme& t = c.theme();
  if (heat.down) {
    const float left = heat.cells.x - c.px(kDownWidth);
    draw_text(c.ui, {left, heat.cells.y - c.px(20), heat.cells.w + c.px(kDownWidth), c.px(18)}, Type::Small,
              t.text2, heat.down->setting + " ↓");
    for (size_t i = 0; i < heat.down->values.size(); ++i)
      draw_text(c.ui,
                {left, heat.cells.y + static_cast<float>(i) * heat.height, c.px(kDownWidth - 8), heat.height},
                Type::Mono, t.text, heat.down->values[i], Align::Right);
  }
  for (size_t i = 0; i < heat.across->values.size(); ++i)
    draw_text(c.ui,
              {heat.cells.x + static_cast<float>(i) * heat.width, heat.cells.bottom(), heat.width, c.px(20)},
              Type::Mono, t.text, heat.across->values[i], Align::Center);
  draw_text(c.ui, {heat.cells.x, heat.cells.bottom() + c.px(20), std::max(heat.cells.w, c.px(160)), c.px(18)},
            Type::Small, t.text2, heat.across->setting + " →");
}

void draw_heat_cell(const PanelContext& c, const Rect& cell, const SweepBlock& sweep, size_t index,
                    bool best) {
  const SweepSummary& each = sweep.summaries[index];
  const Theme& t = c.theme();
  const AxisRange range = fd_range(sweep.summaries);
  const double span = range.high - range.low;
  const auto share = static_cast<float>(span > 0 ? (range.high - each.fd.mean) / span : 1);
  const Rect inner = cell.inset(c.px(1.5f));
  const Color fill = each.fd.mean < 0 ? t.card : mix(t.raised, t.flow, 0.1f + 0.7f * share);
  draw()->AddRectFilled(inner.min(), inner.max(), fill, c.px(4));
  if (best) draw()->AddRect(inner.min(), inner.max(), t.text, c.px(4), 0, c.px(2));
  const std::string whole = mean_cell(each.fd, 2);
  const bool fits = text_size(c.ui, Type::MonoSmall, whole).x <= inner.w - c.px(4);
  draw_text(c.ui, inner, Type::MonoSmall, t.text, fits ? whole : score_cell(each.fd.mean, 1), Align::Center);
  readout(c.ui, cell,
          {"sweep.cell." + std::to_string(index), "Combination", cell_tooltip(sweep, each),
           best ? "best " + whole : whole, ""});
}

void draw_heat(const PanelContext& c, const SweepBlock& sweep) {
  const HeatPlan heat = heat_plan(c, c.area, sweep.plan);
  readout(c.ui, heat.cells,
          {"plot.sweep", "FD of each combination", "Mean over the seeds; lower is better.", "", ""});
  draw_heat_words(c, heat);
  const int64_t best = best_combination(sweep.summaries);
  for (size_t i = 0; i < sweep.summaries.size(); ++i) {
    const SweepPoint& point = sweep.summaries[i].point;
    const float row = heat.down ? static_cast<float>(point.front()) : 0;
    const Rect cell{heat.cells.x + static_cast<float>(point.back()) * heat.width,
                    heat.cells.y + row * heat.height, heat.width, heat.height};
    draw_heat_cell(c, cell, sweep, i, static_cast<int64_t>(i) == best);
  }
}

/// Means over the values of the only axis, with a standard deviation to both sides.
void draw_means(const PanelContext& c, const SweepBlock& sweep) {
  const SweepAxis& axis = sweep.plan.axes.front();
  std::vector<SweepSummary> sorted;
  for (const auto& each : sweep.summaries)
    if (each.fd.mean >= 0) sorted.push_back(each);
  const auto x_of = [&](const SweepSummary& each) { return *parse_number(axis.values[each.point.front()]); };
  std::sort(sorted.begin(), sorted.end(),
            [&](const SweepSummary& a, const SweepSummary& b) { return x_of(a) < x_of(b); });
  std::vector<float> x, mean, low, high;
  for (const auto& each : sorted) {
    const double deviation = std::max(0.0, each.fd.deviation);
    x.push_back(static_cast<float>(x_of(each)));
    mean.push_back(static_cast<float>(each.fd.mean));
    low.push_back(static_cast<float>(each.fd.mean - deviation));
    high.push_back(static_cast<float>(each.fd.mean + deviation));
  }
  PlotSpec spec;
  spec.info = {"plot.sweep", "FD by " + axis.setting, "Scroll to zoom, drag to pan, double-click to reset.",
               "", ""};
  spec.x_unit = axis.setting;
  spec.y_unit = "%";
  spec.log_x = setting_info(axis.setting).logarithmic && !x.empty() && x.front() > 0;
  if (x.size() > 1) {  // the plot's own range begins at step 1
    const AxisRange range = padded_range(x.front(), x.back(), spec.log_x);
    spec.x_low = range.low;
    spec.x_high = range.high;
  }
  const auto add = [&](const char* label, Color colour, const std::vector<float>& y, bool dashed) {
    PlotCurve curve;
    curve.label = label;
    curve.colour = colour;
    curve.x = x.data();
    curve.y = y.data();
    curve.count = x.size();
    curve.dots = !dashed;
    curve.dashed = dashed;
    spec.curves.push_back(curve);
  };
  add("mean FD", c.theme().flow, mean, false);
  if (sweep.plan.seeds.size() > 1) {
    add("mean − s.d.", c.theme().text2, low, true);
    add("mean + s.d.", c.theme().text2, high, true);
  }
  plot(c.ui, c.area, c.cache.plots[spec.info.name + axis.setting], spec);
}

bool any_score(const SweepBlock& sweep) {
  return std::any_of(sweep.summaries.begin(), sweep.summaries.end(),
                     [](const SweepSummary& each) { return each.fd.mean >= 0; });
}

}  // namespace

void draw_sweep_chart(const PanelContext& c) {
  const auto& sweep = c.snapshot.sweep;
  const size_t axes = sweep ? sweep->plan.axes.size() : 0;
  const bool parallel = axes > 2 || (axes > 0 && c.view.on("sweep.parallel", false));
  std::vector<CardChip> chips;
  if (axes == 1 || axes == 2)
    chips.push_back(
        {{"sweep.parallel", "parallel axes", "A line per run through its values to its FD.", "", ""},
         parallel});
  const CardBody parts = card(c.ui, c.area,
                              {"sweep.chart", "FD by setting",
                               parallel ? "a line per finished run" : "%, mean over the seeds", "", chips});
  if (parts.clicked == 0) c.view.flip("sweep.parallel", false);
  const PanelContext body = c.within(parts.body);
  if (!sweep || !any_score(*sweep))
    return empty_state(c.ui, parts.body, "No score yet", "The scores of finished runs appear here.");
  if (axes == 0)
    return empty_state(
        c.ui, parts.body, "FD " + mean_cell(sweep->summaries.front().fd, 2) + " %",
        "Mean and standard deviation over the seeds. Add a setting to the plan to compare its values.");
  if (parallel) return draw_sweep_parallel(body, *sweep);
  if (axes == 1 && all_numbers(sweep->plan.axes.front())) return draw_means(body, *sweep);
  draw_heat(body, *sweep);
}

}  // namespace lf::app::panels
