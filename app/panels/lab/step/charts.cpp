// One chart for each stage of a training step.
#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "panels/lab/step/parts.h"
#include "widgets/plot/class_bars.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

void bars_of(const PanelContext& c, const Rect& area, ClassBarsSpec bars, int decimals) {
  double most = 1e-9;
  for (const double value : bars.values) {
    most = std::max(most, value);
    bars.figures.push_back(fixed(value, decimals));
  }
  bars.high = 1.05 * most;
  class_bars(c.ui, area, bars);
}

void draw_labels(const PanelContext& c, const Rect& area, const LabStep& s) {
  ClassBarsSpec bars;
  bars.info = {"lab.step.labels", "Digits of the batch",
               "Digits of each class in the batch, and digits whose label is hidden.",
               std::to_string(s.batch), ""};
  for (size_t k = 0; k <= kNoClass; ++k) {
    bars.values.push_back(
        static_cast<double>(std::count(s.labels.begin(), s.labels.end(), static_cast<uint8_t>(k))));
    bars.colours.push_back(k < kClasses ? c.theme().digits[k] : c.theme().text2);
    bars.labels.push_back(k < kClasses ? std::to_string(k) : "none");
  }
  bars_of(c, area, bars, 0);
}

void draw_times(const PanelContext& c, const Rect& area, const LabStep& s) {
  ClassBarsSpec bars;
  bars.info = {"lab.step.times", "Times of the batch", "Digits of the batch in each tenth of t.",
               std::to_string(s.t.size()), ""};
  bars.values.assign(10, 0);
  for (const float t : s.t) ++bars.values[static_cast<size_t>(std::clamp(10 * t, 0.0f, 9.0f))];
  for (int k = 0; k < 10; ++k) {
    bars.colours.push_back(mix(c.theme().noise, c.theme().data, (static_cast<float>(k) + 0.5f) / 10));
    bars.labels.push_back("." + std::to_string(k));
  }
  bars_of(c, area, bars, 0);
}

void draw_lengths(const PanelContext& c, const Rect& area, const LabStep& s, bool prediction) {
  ClassBarsSpec bars;
  bars.info = {"lab.step.lengths", "Lengths", "RMS per coordinate, over the whole batch.",
               fixed(s.target_rms, 2), ""};
  bars.values = {s.x0_rms, s.x1_rms, s.target_rms};
  bars.labels = {"x0", "x1", "u"};
  bars.colours = {c.theme().noise, c.theme().data, c.theme().flow};
  if (prediction) {
    bars.values.insert(bars.values.end(), {s.prediction_rms, std::sqrt(s.mean_loss)});
    bars.labels.insert(bars.labels.end(), {"v", "v − u"});
    bars.colours.insert(bars.colours.end(), {c.theme().accent, c.theme().error});
  }
  bars_of(c, area, bars, 2);
}

void draw_losses(const PanelContext& c, const Rect& area, const LabStep& s) {
  std::vector<size_t> order(s.t.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return s.t[a] < s.t[b]; });
  std::vector<float> t, loss;
  for (const size_t i : order) t.push_back(s.t[i]), loss.push_back(s.loss[i]);
  PlotSpec spec;
  spec.info = {"lab.step.losses", "Loss of each digit",
               "Each dot is a digit of the batch at its time; the line is the running mean. A click moves t.",
               fixed(s.mean_loss, 3), ""};
  spec.x_unit = "t", spec.y_unit = "loss";
  spec.x_low = 0, spec.x_high = 1;
  spec.y_low = 0, spec.y_high = 1.05 * std::max(0.1f, *std::max_element(loss.begin(), loss.end()));
  PlotCurve curve{"loss", c.theme().flow, t.data(), loss.data(), t.size(), 0.93, 2.2f};
  curve.dots = true;
  spec.curves = {curve};
  spec.legend = false;
  spec.levels = {{"mean", c.theme().text2, s.mean_loss}};
  PlotState& state = c.cache.plots["lab.step.losses"];
  plot(c.ui, area, state, spec);
  click_moves_t(c, state);
}

/// One line for each group of weights, in as many columns as stay readable.
void draw_groups(const PanelContext& c, const Rect& area, const LabStep& s, bool update) {
  std::vector<double> values;
  for (const LabStepGroup& g : s.groups)
    values.push_back(update ? 100 * g.update / std::max(g.weight, 1e-12) : g.gradient);
  const double most = std::max(1e-12, *std::max_element(values.begin(), values.end()));
  readout(c.ui, area,
          update ? ControlInfo{"lab.step.updates", "Update of each group",
                               "Change of each group of weights, in % of its norm. Groups that were "
                               "initialised to zero have large relative changes.",
                               std::to_string(values.size()), ""}
                 : ControlInfo{"lab.step.gradients", "Gradient of each group",
                               "Norm of each weight group's gradient, before clipping.",
                               std::to_string(values.size()), ""});
  const auto n = static_cast<float>(values.size());
  const float fits = std::max(1.0f, std::floor(area.h / c.px(15)));
  const auto parts = columns(area, std::vector<float>(static_cast<size_t>(std::ceil(n / fits)), 1), c.px(16));
  const float per_column = std::ceil(n / static_cast<float>(parts.size()));
  const float height = std::min(c.px(24), std::floor(area.h / per_column));
  for (size_t i = 0; i < values.size(); ++i) {
    const auto place = static_cast<size_t>(per_column);
    const Rect& column = parts[i / place];
    Rect line{column.x, column.y + height * static_cast<float>(i % place), column.w, height};
    draw_text(c.ui, line.take_left(std::min(c.px(124), 0.58f * line.w), c.px(6)), Type::Small,
              c.theme().text2, s.groups[i].name);
    const std::string figure = short_number(values[i], 2) + (update ? " %" : "");
    draw_text(c.ui, line.take_right(c.px(52), c.px(4)), Type::MonoSmall, c.theme().text, figure,
              Align::Right);
    const float width = std::max(c.px(2), line.w * static_cast<float>(values[i] / most));
    const float inset = std::floor(0.2f * line.h);
    draw()->AddRectFilled({line.x, line.y + inset}, {line.x + width, line.bottom() - inset},
                          update ? c.theme().accent : c.theme().flow, c.px(2));
  }
}

}  // namespace

void draw_stage_chart(const PanelContext& c, const LabStep& s, size_t stage) {
  const char* const titles[kStages] = {
      "Classes of the batch", "Times of the batch", "Lengths",        "Lengths",
      "Loss by time",         "Gradient by group",  "Update by group"};
  const char* const units[kStages] = {"digits by class",
                                      "digits by tenths of t",
                                      "RMS per coordinate",
                                      "RMS per coordinate",
                                      "mean of (v − u)² of each digit",
                                      "norm of the gradient",
                                      "norm of the update, % of the weights' norm"};
  const CardBody parts = card(c.ui, c.area, {"lab.step.chart", titles[stage], units[stage], "", {}});
  switch (stage) {
    case 0:
      return draw_labels(c, parts.body, s);
    case 1:
      return draw_times(c, parts.body, s);
    case 2:
      return draw_lengths(c, parts.body, s, false);
    case 3:
      return draw_lengths(c, parts.body, s, true);
    case 4:
      return draw_losses(c, parts.body, s);
    default:
      return draw_groups(c, parts.body, s, stage == 6);
  }
}

}  // namespace lf::app::panels
