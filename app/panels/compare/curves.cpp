#include "panels/compare/curves.h"

#include <algorithm>
#include <string>
#include <vector>

#include "panels/compare/curves_text.h"
#include "panels/compare/models.h"
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

bool by_time(const PanelContext& c) { return c.view.on("runs.time", false); }

/// By digits seen, where every run says how many digits a step has.
bool by_digits(const PanelContext& c) {
  if (!c.view.on("runs.seen", false) || by_time(c)) return false;
  const auto& runs = c.snapshot.runs->compared;
  return std::all_of(runs.begin(), runs.end(), [](const RunCurves& run) { return run.flow_batch > 0; });
}

/// Steps, then seconds, then digits seen.
void next_axis(const PanelContext& c) {
  const bool time = by_time(c), steps = !time && !c.view.on("runs.seen", false);
  c.view.set("runs.time", steps);
  c.view.set("runs.seen", time);
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
  const bool other = by_time(c) || by_digits(c);
  chips.push_back(
      {{"runs.time",
        by_time(c)     ? "by seconds"
        : by_digits(c) ? "by digits seen"
                       : "by step",
        "The axis: steps, seconds of training, or digits seen, which is fair for other batch sizes.", "", ""},
       other});
  return chips;
}

void click_chip_of_curve(const PanelContext& c, int chip) {
  size_t count = 0;
  const ComparedCurve* table = compared_curves(count);
  const size_t i = static_cast<size_t>(chip);
  if (i < count) c.view.set("runs.curve", std::string(table[i].id));
  if (i == count) c.view.flip("runs.log", true);
  if (i == count + 1) next_axis(c);
}

PlotCurve curve_of(const PanelContext& c, const RunCurves& run, size_t which) {
  size_t count = 0;
  const ComparedCurve& chosen = compared_curves(count)[chosen_curve(c)];
  const Series& series = run.*(chosen.series);
  PlotCurve curve = series_curve(run.name, compared_colour(c.theme(), which), series, by_time(c));
  curve.id = "run " + std::to_string(which);  // two runs may have one name
  if (by_digits(c)) {
    const bool autoencoder = chosen.series == &RunCurves::autoencoder;
    c.cache.compared.seen[which] = digits_seen(series, autoencoder ? run.autoencoder_batch : run.flow_batch);
    curve.x = c.cache.compared.seen[which].data();
  }
  curve.smoothing = curve.count > 100 ? 0.95 : 0;
  return curve;
}

/// The result. Flow losses of different latents, or of a reflow's pairs, have different scales.
std::string curves_sentence(const PanelContext& c, const std::vector<RunCurves>& runs,
                            const ComparedCurve& shown) {
  if (runs.size() < 2) return "Press 'compare' on a second run to add its curve.";
  const bool of_flow = shown.series == &RunCurves::flow || shown.series == &RunCurves::flow_test;
  if (of_flow && !c.snapshot.compare->comparable_losses)
    return "These losses are not comparable: the models have different autoencoders, or one is a reflow. "
           "Compare FD instead.";
  return compare_sentence(runs, shown.series);
}

}  // namespace

void draw_compare_card(const PanelContext& c) {
  const CardBody parts = card(c.ui, c.area, {"runs.compared", "Curves", "", "", compare_chips(c)});
  if (parts.clicked >= 0) click_chip_of_curve(c, parts.clicked);
  const std::vector<RunCurves>& runs = c.snapshot.runs->compared;
  Rect body = parts.body;
  if (runs.empty()) {
    empty_state(c.ui, body, "Nothing to compare",
                "Press 'compare' on two to four runs above; their curves appear here in one plot.");
    return;
  }
  size_t count = 0;
  const ComparedCurve& shown = compared_curves(count)[chosen_curve(c)];
  const bool any = std::any_of(runs.begin(), runs.end(),
                               [&](const RunCurves& run) { return !(run.*shown.series).value.empty(); });
  if (!any) return empty_state(c.ui, body, "No such curve", no_curve_sentence(runs, shown));
  sentence(c, body, curves_sentence(c, runs, shown));
  PlotSpec spec;
  spec.info = {"plot.runs", "Compared curves", "Scroll to zoom, drag to pan, double-click to reset.", "", ""};
  spec.x_unit = by_time(c) ? "s" : by_digits(c) ? "digits" : "step";
  spec.log_y = c.view.on("runs.log", true);
  for (size_t i = 0; i < std::min(kMostCompared, runs.size()); ++i)
    if (!(runs[i].*shown.series).value.empty()) spec.curves.push_back(curve_of(c, runs[i], i));
  plot(c.ui, body, c.cache.plots[spec.info.name + c.view.text("runs.curve", "flow")], spec);
}

}  // namespace lf::app::panels
