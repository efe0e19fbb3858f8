// Loss by t: loss and irreducible loss along t, the gap between them, and the gap by class.
#include <algorithm>
#include <cmath>

#include "lab/loss_floor/result.h"
#include "panels/lab/panels.h"
#include "panels/preview_time.h"
#include "widgets/plot/class_bars.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr const char* kAtT = "lab.loss-floor.now";

std::string answer(const LabLossFloor& found) {
  const LabLossParts& m = found.mean;
  std::string text = "Averaged over training times, the loss is " + fixed(m.loss.mean, 3) + "; " +
                     fixed(m.floor.mean, 3) + " of it (" +
                     fixed(100 * m.floor.mean / std::max(1e-9, m.loss.mean), 1) +
                     " %) is irreducible loss, which no network can remove.";
  if (found.latents < found.latents_total)
    text +=
        " First result, from " + grouped(found.latents) + " of " + grouped(found.latents_total) + " digits.";
  return text;
}

/// Means of one term along t.
std::vector<float> along(const std::vector<LabLossParts>& all, LabEstimate LabLossParts::*part) {
  std::vector<float> values;
  for (const LabLossParts& p : all) values.push_back(static_cast<float>((p.*part).mean));
  return values;
}

void draw_time_plot(const PanelContext& c, const Rect& area, PlotSpec& spec) {
  spec.x_unit = "t";
  spec.x_low = 0, spec.x_high = 1;
  spec.marks = {{"", fade(c.theme().accent, 0.9f), c.view.t, 2}};
  PlotState& state = c.cache.plots[spec.info.name];
  plot(c.ui, area, state, spec);
  click_moves_t(c, state);
}

void draw_loss(const PanelContext& c, const Rect& area, const LabLossFloor& found) {
  const Theme& t = c.theme();
  const auto loss = along(found.all, &LabLossParts::loss), floor = along(found.all, &LabLossParts::floor);
  const std::vector<float>& live = c.snapshot.loss->by_time;
  PlotSpec spec;
  spec.info = {"lab.loss-floor.curves", "Loss and irreducible loss by t",
               "Mean squared error of the velocity per coordinate: of the network, and of the exact field "
               "on the same pairs. Dashed: as measured in training. A click moves t.",
               "", ""};
  spec.y_unit = "loss";
  spec.curves = {{"loss of the network", t.flow, found.t.data(), loss.data(), loss.size(), 0, 2.4f},
                 {"irreducible loss", t.text2, found.t.data(), floor.data(), floor.size(), 0, 2.4f}};
  spec.curves[0].id = "loss of the net";
  spec.curves[1].id = "floor";
  float most =
      std::max(*std::max_element(loss.begin(), loss.end()), *std::max_element(floor.begin(), floor.end()));
  if (live.size() == found.t.size() && *std::min_element(live.begin(), live.end()) > 0) {
    PlotCurve curve{"in training", t.flow, found.t.data(), live.data(), live.size(), 0, 1.4f};
    curve.dashed = true;
    spec.curves.push_back(curve);
    most = std::max(most, *std::max_element(live.begin(), live.end()));
  }
  spec.y_low = 0, spec.y_high = 1.08 * most;
  draw_time_plot(c, area, spec);
}

void draw_gap(const PanelContext& c, const LabLossFloor& found) {
  const size_t peak = static_cast<size_t>(
      std::max_element(found.all.begin(), found.all.end(),
                       [](const auto& a, const auto& b) { return a.gap.mean < b.gap.mean; }) -
      found.all.begin());
  const std::string text =
      "On average " + fixed(found.mean.gap.mean, 4) + " ± " + short_number(found.mean.gap.error, 1) +
      ", largest at t = " + fixed(found.t[peak], 2) +
      " (thin: two standard errors). A network closes the gap completely only by memorising every digit.";
  const CardBody parts = card(c.ui, c.area,
                              {"lab.loss-floor.left",
                               "Gap to the irreducible loss",
                               "squared distance from the best prediction",
                               text,
                               {}});
  const auto gap = along(found.all, &LabLossParts::gap);
  std::vector<float> low, high;
  for (const LabLossParts& p : found.all) {
    low.push_back(static_cast<float>(std::max(0.0, p.gap.mean - 2 * p.gap.error)));
    high.push_back(static_cast<float>(p.gap.mean + 2 * p.gap.error));
  }
  PlotSpec spec;
  spec.info = {
      "lab.loss-floor.gap", "Gap by t",
      "Squared distance between the network's velocity and the best prediction v*, per coordinate: loss "
      "minus irreducible loss, without sampling noise. A click moves t.",
      fixed(found.mean.gap.mean, 4), ""};
  spec.y_unit = "gap";
  spec.legend = false;
  const Color colour = c.theme().warning;
  spec.curves = {{"gap", colour, found.t.data(), gap.data(), gap.size(), 0, 2.4f},
                 {"low", fade(colour, 0.4f), found.t.data(), low.data(), low.size(), 0, 1},
                 {"high", fade(colour, 0.4f), found.t.data(), high.data(), high.size(), 0, 1}};
  spec.y_low = 0, spec.y_high = 1.1 * std::max(1e-6f, *std::max_element(high.begin(), high.end()));
  draw_time_plot(c, parts.body, spec);
}

void draw_groups(const PanelContext& c, const LabLossFloor& found) {
  const bool now = c.view.on(kAtT, false);
  const auto place = static_cast<size_t>(nearest_time(found.t, c.view.t));
  constexpr size_t n = LabLossFloor::kGroups;
  ClassBarsSpec bars;
  bars.info = {"lab.loss-floor.digits", "Gap by digit",
               "Gap for each class label and without one, where the network must distinguish ten digits. "
               "Loss minus irreducible loss, in thousandths.",
               "", ""};
  double most = 1e-6;
  for (size_t g = 0; g < n; ++g) {
    const LabLossParts& parts = now ? found.groups[place * n + g] : found.group_means[g];
    const double gap = 1000 * parts.gap.mean;
    most = std::max(most, gap);
    bars.values.push_back(gap);
    bars.colours.push_back(g + 1 < n ? c.theme().digits[g] : c.theme().text2);
    bars.labels.push_back(g + 1 < n ? std::to_string(g) : "none");
    bars.figures.push_back(parts.loss.mean > 0 ? fixed(gap, gap < 9.95 ? 1 : 0) : "");
  }
  bars.high = 1.15 * most;
  const CardBody parts =
      card(c.ui, c.area,
           {"lab.loss-floor.whom",
            "Gap by class label",
            now ? "gap in thousandths at " + state_words(c, found.t[place]) : "gap in thousandths",
            "",
            {{{kAtT, "at t", "At the slider's t instead of the mean over t.", "", ""}, now, true}}});
  if (parts.clicked == 0) c.view.flip(kAtT, false);
  class_bars(c.ui, parts.body, bars);
}

}  // namespace

void draw_lab_loss_floor(const PanelContext& c) {
  const auto found = c.snapshot.lab->as<LabLossFloor>();
  const bool ready = found && !found->all.empty();
  const bool low = c.area.h / c.ui.scale < 520;
  Rect area = c.area;
  const Rect below = ready ? area.take_bottom(std::floor(area.h * (low ? 0.46f : 0.42f)), c.px(12)) : Rect{};
  const std::string unit = ready ? "per coordinate, " + grouped(found->draws) + " pairs at each t" : "";
  const CardBody parts = lab_card(c.within(area), unit, ready ? answer(*found) : "", {});
  if (lab_waits(c, parts.body, ready)) return;
  draw_loss(c, parts.body, *found);
  const auto cards = columns(below, {1.2f, 1}, c.px(12));
  draw_gap(c.within(cards[0]), *found);
  draw_groups(c.within(cards[1]), *found);
}

}  // namespace lf::app::panels
