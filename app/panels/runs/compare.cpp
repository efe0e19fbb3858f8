#include "panels/runs/compare.h"

#include <algorithm>
#include <string>
#include <vector>

#include "panels/runs/runs_text.h"
#include "panels/sentence.h"
#include "panels/series_curve.h"
#include "widgets/control/card.h"
#include "widgets/plot/plot.h"

namespace lf::app::panels {
namespace {

size_t chosen_curve(const PanelContext& c) {
  size_t count = 0;
  const ComparedCurve* table = compared_curves(count);
  for (size_t i = 0; i < count; ++i) {
    if (c.view.text("runs.curve", "flow") == table[i].id) return i;
  }
  return 0;
}

std::vector<CardChip> compare_chips(const PanelContext& c) {
  size_t count = 0;
  const ComparedCurve* table = compared_curves(count);
  std::vector<CardChip> chips;
  for (size_t i = 0; i < count; ++i) {
    chips.push_back({{std::string("runs.curve.") + table[i].id, table[i].label, table[i].tooltip, "", ""},
                     i == chosen_curve(c)});
  }
  chips.push_back({{"runs.log", "log", "Logarithmic axis.", "", ""}, c.view.on("runs.log", true)});
  chips.push_back({{"runs.time", "by seconds", "Seconds of training instead of steps.", "", ""},
                   c.view.on("runs.time", false)});
  return chips;
}

void click_chip_of_curve(const PanelContext& c, int chip) {
  size_t count = 0;
  const ComparedCurve* table = compared_curves(count);
  const size_t i = static_cast<size_t>(chip);
  if (i < count) c.view.set("runs.curve", std::string(table[i].id));
  if (i == count) c.view.flip("runs.log", true);
  if (i == count + 1) c.view.flip("runs.time", false);
}

Color curve_colour(const PanelContext& c) {
  return c.view.text("runs.curve", "flow") == "autoencoder" ? c.theme().autoencoder : c.theme().flow;
}

bool by_time(const PanelContext& c) { return c.view.on("runs.time", false); }

PlotCurve curve_of(const PanelContext& c, const RunCurves& run, size_t which) {
  size_t count = 0;
  const Series& series = run.*(compared_curves(count)[chosen_curve(c)].series);
  PlotCurve curve = which == 0 ? series_curve(run.name, curve_colour(c), series, by_time(c))
                               : series_curve("against " + run.name, c.theme().text, series, by_time(c));
  curve.smoothing = curve.count > 100 ? 0.95 : 0;
  return curve;
}

}  // namespace

void draw_compare_card(const PanelContext& c) {
  const CardBody parts =
      card(c.ui, c.area, {"runs.compared", "Comparison of two runs", "", "", compare_chips(c)});
  if (parts.clicked >= 0) click_chip_of_curve(c, parts.clicked);
  const std::vector<RunCurves>& runs = c.snapshot.runs->compared;
  Rect body = parts.body;
  if (runs.empty()) {
    empty_state(c.ui, body, "Nothing to compare",
                "Press 'compare' on two runs above; their curves appear here in one plot.");
    return;
  }
  size_t count = 0;
  const ComparedCurve& shown = compared_curves(count)[chosen_curve(c)];
  const bool any = std::any_of(runs.begin(), runs.end(),
                               [&](const RunCurves& run) { return !(run.*shown.series).value.empty(); });
  if (!any) return empty_state(c.ui, body, "No such curve", no_curve_sentence(runs, shown));
  sentence(c, body,
           runs.size() > 1 ? compare_sentence(runs[0], runs[1], shown.series)
                           : "Press 'compare' on a second run to add its curve.");
  PlotSpec spec;
  spec.info = {"plot.runs", "Compared curves", "Scroll to zoom, drag to pan, double-click to reset.", "", ""};
  spec.x_unit = by_time(c) ? "s" : "step";
  spec.log_y = c.view.on("runs.log", true);
  for (size_t i = 0; i < std::min<size_t>(2, runs.size()); ++i)
    spec.curves.push_back(curve_of(c, runs[i], i));
  plot(c.ui, body, c.cache.plots[spec.info.name + c.view.text("runs.curve", "flow")], spec);
}

}  // namespace lf::app::panels
