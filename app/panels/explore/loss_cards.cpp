// The two loss curves of the Explore page, each with a sentence that reads it.
#include <algorithm>
#include <cmath>

#include "panels/expectation.h"
#include "panels/explore/cards.h"
#include "panels/frame/marks.h"
#include "panels/growth_parts.h"
#include "panels/series_curve.h"
#include "panels/start_line.h"
#include "widgets/control/card.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr double kSmoothing = 0.94;

PlotCurve curve(const std::string& label, Color colour, const Series& s, double smoothing) {
  PlotCurve c = series_curve(label, colour, s);
  c.smoothing = smoothing;
  return c;
}

/// Mean of the last tenth of a curve up to `step`: a single batch is too noisy.
double mean_up_to(const Series& s, float step) {
  const auto end = std::upper_bound(s.step.begin(), s.step.end(), step);
  const size_t n = std::min(s.value.size(), static_cast<size_t>(end - s.step.begin()));
  if (n == 0) return s.value.empty() ? 0 : s.value.front();
  const size_t k = std::max<size_t>(1, n / 10);
  double sum = 0;
  for (size_t i = n - k; i < n; ++i) sum += s.value[i];
  return sum / static_cast<double>(k);
}

/// A card whose chips are switches; a clicked one is turned.
CardBody switch_card(const PanelContext& c, const CardSpec& spec) {
  const CardBody body = card(c.ui, c.area, spec);
  if (body.clicked >= 0) {
    const CardChip& chip = spec.chips[static_cast<size_t>(body.clicked)];
    c.view.set(chip.info.name, !chip.on);
  }
  return body;
}

/// A sentence about the gap between training and held-out digits.
std::string gap_sentence(const Series& train, const Series& test) {
  if (train.value.empty() || test.value.empty()) return "";
  // Held-out digits are tested from time to time: compare with the training loss of that moment.
  const double a = mean_up_to(train, test.step.empty() ? 0 : test.step.back()), b = test.value.back();
  const double gap = a > 0 ? (b - a) / a : 0;
  if (gap < 0.04) return "Held out " + short_number(b, 3) + ", as low as in training.";
  return "Held out " + short_number(b, 3) + ", " + fixed(100 * gap, 0) + " % higher than in training.";
}

/// Training seconds at the place under the mouse, for the read-out.
std::string seconds_note(const PlotState& state, const Series& s) {
  if (!state.hovered || s.seconds.size() != s.step.size() || s.step.empty()) return "";
  return fixed(s.seconds[nearest_index(s.step.data(), s.step.size(), state.hover_x)], 1) + " s";
}

CardChip switch_chip(const PanelContext& c, const std::string& name, const char* label, const char* tooltip,
                     bool initial) {
  return {{name, label, tooltip, "", ""}, c.view.on(name, initial), true};
}

void plot_by_time(const PanelContext& c, const Rect& area) {
  const LossBlock& loss = *c.snapshot.loss;
  std::vector<float> bins(loss.by_time.size());
  for (size_t i = 0; i < bins.size(); ++i)
    bins[i] = (static_cast<float>(i) + 0.5f) / static_cast<float>(bins.size());
  PlotSpec spec;
  spec.info = {"plot.loss", "Flow loss by time",
               "Flow loss at each time t. A high value means that the velocity is hard to predict there.", "",
               ""};
  spec.x_unit = "t";
  spec.bars = true;
  spec.x_low = 0, spec.x_high = 1;
  const auto add = [&](const char* label, Color colour, const std::vector<float>& values) {
    if (values.size() != bins.size() || values.empty()) return;
    PlotCurve curve;
    curve.label = label;
    curve.colour = colour;
    curve.x = bins.data(), curve.y = values.data(), curve.count = bins.size();
    spec.curves.push_back(curve);
  };
  add("train", c.theme().flow, loss.by_time);
  add("held out", c.theme().held_out, loss.by_time_test);
  plot(c.ui, area, c.cache.plots["plot.loss.by_t"], spec);
}

void plot_flow_loss(const PanelContext& c, const Rect& area) {
  const LossBlock& loss = *c.snapshot.loss;
  PlotState& state = c.cache.plots["plot.loss"];
  PlotSpec spec;
  spec.info = {"plot.loss", "Flow loss",
               "Mean squared error of the predicted velocity. Click a step to see its samples again.", "",
               ""};
  spec.x_unit = "step";
  spec.log_y = c.view.on("explore.loss.log", true);
  spec.log_x = c.view.on("explore.loss.logx", false);
  spec.note = seconds_note(state, loss.flow_train);
  const double smoothing = c.view.on("explore.loss.smooth", true) ? kSmoothing : 0;
  spec.curves = {curve("train", c.theme().flow, loss.flow_train, smoothing),
                 curve("held out", c.theme().held_out, loss.flow_test, 0)};
  add_lost_curve(spec.curves, loss.flow_lost, false, c.theme().error);
  const StartLine start(loss, loss.flow_train.step);
  if (start.known()) spec.curves.push_back(start.curve(c.theme().text2));
  add_shown_step(c, spec);
  plot(c.ui, area, state, spec);
  choose_step_by_click(c, state);
}

}  // namespace

std::string with_origin(const std::string& origin, const std::string& sentence) {
  if (origin.empty()) return sentence;
  std::string first = origin;
  if (first[0] >= 'a' && first[0] <= 'z') first[0] = static_cast<char>(first[0] - 'a' + 'A');
  return sentence.empty() ? first + "." : first + ". " + sentence;
}

/// Shown in place of the flow's loss, before there is one.
static void draw_growth_quality_card(const PanelContext& c) {
  const CardSpec spec{"card.loss",
                      "Reconstruction quality",
                      "PSNR, dB",
                      "The flow loss appears here later. " + when_it_comes(c.snapshot, Awaited::FlowStep),
                      {}};
  draw_growth_quality(c, card(c.ui, c.area, spec).body);
}

void draw_flow_loss_card(const PanelContext& c) {
  const LossBlock& loss = *c.snapshot.loss;
  const bool none =
      loss.flow_train.value.empty() && loss.flow_test.value.empty() && loss.flow_lost.value.empty();
  if (none && growth_shown(c.snapshot) && !c.cache.growth_steps.empty()) return draw_growth_quality_card(c);
  CardSpec spec{"card.loss",
                "Flow loss",
                "velocity error²",
                with_origin(loss.origin, gap_sentence(loss.flow_train, loss.flow_test)),
                {}};
  spec.chips = {
      switch_chip(c, "explore.loss.smooth", "smooth", "Running mean, with the raw values faintly behind it.",
                  true),
      switch_chip(c, "explore.loss.logx", "log x", "Logarithmic step axis: shows the first steps in detail.",
                  false),
      switch_chip(c, "explore.loss.log", "log y", "Logarithmic loss axis.", true),
      switch_chip(c, "explore.loss.by_t", "by t", "Loss at each time t instead of by step.", false)};
  const CardBody body = switch_card(c, spec);
  if (c.view.on("explore.loss.by_t", false) && !loss.by_time.empty()) return plot_by_time(c, body.body);
  if (!none) return plot_flow_loss(c, body.body);
  readout(c.ui, body.body, {"plot.loss", "Flow loss", "", "empty", ""});
  empty_state(
      c.ui, body.body, "No flow loss yet",
      "The error of the predicted velocity appears here. " + when_it_comes(c.snapshot, Awaited::FlowStep));
}

void draw_autoencoder_loss_card(const PanelContext& c) {
  const LossBlock& loss = *c.snapshot.loss;
  CardSpec spec{"card.autoencoder",
                "Autoencoder loss",
                "nats per digit",
                with_origin(loss.origin, gap_sentence(loss.autoencoder_train, loss.autoencoder_test)),
                {}};
  spec.chips = {
      switch_chip(c, "explore.autoencoder.smooth", "smooth", "Running mean of the raw values.", true),
      switch_chip(c, "explore.autoencoder.log", "log y", "Logarithmic loss axis.", true)};
  const RunBlock& run = *c.snapshot.run;
  if (run.phase == Phase::Flow && run.encoder_total < run.autoencoder_total && loss.origin.empty())
    spec.answer = "Encoder frozen after step " + grouped(run.encoder_total) +
                  "; the decoder is still trained beside the flow. " + spec.answer;
  const CardBody body = switch_card(c, spec);
  PlotSpec plot_spec;
  plot_spec.info = {"plot.autoencoder", "Autoencoder loss",
                    "Nats per digit: reconstruction error of the pixels plus the weighted KL term of the "
                    "latent.",
                    "", ""};
  if (loss.autoencoder_train.value.empty() && loss.autoencoder_test.value.empty() &&
      loss.autoencoder_lost.value.empty()) {
    readout(c.ui, body.body, {"plot.autoencoder", "Autoencoder loss", "", "empty", ""});
    return empty_state(
        c.ui, body.body, "No autoencoder loss yet",
        "The autoencoder is trained first. " + when_it_comes(c.snapshot, Awaited::AutoencoderStep));
  }
  plot_spec.x_unit = "step";
  plot_spec.log_y = c.view.on("explore.autoencoder.log", true);
  PlotState& state = c.cache.plots["plot.autoencoder"];
  plot_spec.note = seconds_note(state, loss.autoencoder_train);
  const double smoothing = c.view.on("explore.autoencoder.smooth", true) ? 0.9 : 0;
  plot_spec.curves = {curve("train", c.theme().autoencoder, loss.autoencoder_train, smoothing),
                      curve("held out", c.theme().held_out, loss.autoencoder_test, 0)};
  add_lost_curve(plot_spec.curves, loss.autoencoder_lost, false, c.theme().error);
  plot(c.ui, body.body, state, plot_spec);
}

}  // namespace lf::app::panels
