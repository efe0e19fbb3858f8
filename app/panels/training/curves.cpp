#include "panels/training/curves.h"

#include <algorithm>
#include <vector>

#include "panels/expectation.h"
#include "panels/frame/marks.h"
#include "panels/sentence.h"
#include "panels/series_curve.h"
#include "panels/start_line.h"
#include "panels/training/training_text.h"
#include "widgets/control/card.h"
#include "widgets/plot/plot.h"

namespace lf::app::panels {
namespace {

/// One of the two loss cards; `key` is the prefix of its chips' names.
struct LossCard {
  std::string key, title, unit, y_unit, tooltip;
  const Series& train;
  const Series& test;
  const Series& lost;  ///< discarded steps
  Color colour;
};

std::vector<CardChip> loss_chips(const PanelContext& c, const std::string& key) {
  return {{{key + ".log", "log y", "Logarithmic loss axis: shows late progress.", "", ""},
           c.view.on(key + ".log", true)},
          {{key + ".logx", "log x", "Logarithmic step axis: shows the first steps in detail.", "", ""},
           c.view.on(key + ".logx", false)},
          {{key + ".time", "by seconds", "Seconds of training instead of steps.", "", ""},
           c.view.on(key + ".time", false)},
          {{key + ".smooth", "smooth", "Running mean, with the raw values faintly behind it.", "", ""},
           c.view.on(key + ".smooth", true)}};
}

bool initially_on(size_t chip) { return chip == 0 || chip == 3; }

std::string unit_with_origin(const PanelContext& c, const std::string& unit) {
  const std::string& origin = c.snapshot.loss->origin;
  return origin.empty() ? unit : unit + " · " + origin;
}

void draw_loss_card(const PanelContext& c, const LossCard& look) {
  const CardSpec spec{look.key, look.title, unit_with_origin(c, look.unit), "", loss_chips(c, look.key)};
  CardBody body = card(c.ui, c.area, spec);
  const std::string kept = loss_sentence(look.train, look.test), lost = lost_sentence(look.lost);
  sentence(c, body.body, kept + (kept.empty() || lost.empty() ? "" : " ") + lost);
  if (body.clicked >= 0) {
    const size_t chip = static_cast<size_t>(body.clicked);
    c.view.flip(spec.chips[chip].info.name, initially_on(chip));
  }
  if (look.train.value.empty() && look.lost.value.empty()) {
    empty_state(c.ui, body.body, "No curve yet",
                "One point per optimiser step appears here. " +
                    when_it_comes(c.snapshot, look.key == "training.flow" ? Awaited::FlowStep
                                                                          : Awaited::AutoencoderStep));
    return;
  }
  const bool by_time = spec.chips[2].on;
  PlotSpec plot_spec;
  plot_spec.info = {"plot." + look.key, look.title, look.tooltip, "", ""};
  plot_spec.x_unit = by_time ? "s" : "step";
  plot_spec.y_unit = look.y_unit;
  plot_spec.log_y = spec.chips[0].on;
  plot_spec.log_x = spec.chips[1].on;
  plot_spec.curves = {series_curve("train", look.colour, look.train, by_time),
                      series_curve("held out", c.theme().held_out, look.test, by_time)};
  plot_spec.curves[0].smoothing = spec.chips[3].on ? 0.95 : 0;
  add_lost_curve(plot_spec.curves, look.lost, by_time, c.theme().error);
  const StartLine start(*c.snapshot.loss, by_time ? look.train.seconds : look.train.step);
  if (look.key == "training.flow" && start.known()) plot_spec.curves.push_back(start.curve(c.theme().text2));
  PlotState& state = c.cache.plots[plot_spec.info.name];
  const bool over_steps = look.key == "training.flow" && !by_time;
  if (over_steps) add_shown_step(c, plot_spec);
  plot(c.ui, body.body, state, plot_spec);
  if (over_steps) choose_step_by_click(c, state);
}

std::vector<float> bin_centres(size_t bins) {
  std::vector<float> x(bins);
  for (size_t i = 0; i < bins; ++i) x[i] = (static_cast<float>(i) + 0.5f) / static_cast<float>(bins);
  return x;
}

}  // namespace

void draw_training_flow_card(const PanelContext& c) {
  const LossBlock& loss = *c.snapshot.loss;
  draw_loss_card(c, {"training.flow", "Flow loss", "velocity error²", "",
                     "Mean squared error of the predicted velocity; about 2 before training. Scroll to zoom, "
                     "drag to pan, double-click to reset.",
                     loss.flow_train, loss.flow_test, loss.flow_lost, c.theme().flow});
}

void draw_training_autoencoder_card(const PanelContext& c) {
  const LossBlock& loss = *c.snapshot.loss;
  draw_loss_card(
      c, {"training.autoencoder", "Autoencoder loss", "nats per digit", "nats",
          "Reconstruction error of the pixels plus β times the KL term of the latent, in nats. Scroll to "
          "zoom, drag to pan, double-click to reset.",
          loss.autoencoder_train, loss.autoencoder_test, loss.autoencoder_lost, c.theme().autoencoder});
}

void draw_training_time_card(const PanelContext& c) {
  const LossBlock& loss = *c.snapshot.loss;
  CardBody body = card(c.ui, c.area, {"training.by_time", "Loss by time", "flow loss by t", "", {}});
  sentence(c, body.body,
           "At t = 0 the input is noise and the network must predict the digit. At t = 1 the input is the "
           "digit and it must predict the noise. In between it must separate the two.");
  if (loss.by_time.empty()) {
    empty_state(c.ui, body.body, "No flow loss yet",
                "Bars from t = 0 (noise) to t = 1 (data) appear once the flow trains. " +
                    when_it_comes(c.snapshot, Awaited::FlowStep));
    return;
  }
  const std::vector<float> x = bin_centres(loss.by_time.size()),
                           x_test = bin_centres(loss.by_time_test.size());
  PlotSpec spec;
  spec.info = {"plot.training.by_time", "Flow loss by time",
               "Running mean of the flow loss in equal bins of t.", "", ""};
  spec.x_unit = "t";
  spec.bars = true;
  spec.x_low = 0;
  spec.x_high = 1;
  const auto largest = std::max_element(loss.by_time.begin(), loss.by_time.end());
  spec.y_high = 1.15 * std::max(0.1f, *largest);
  spec.curves.resize(1);
  spec.curves[0] = {"train", c.theme().flow, x.data(), loss.by_time.data(), loss.by_time.size()};
  if (!x_test.empty()) {
    spec.curves.push_back(
        {"held out", c.theme().held_out, x_test.data(), loss.by_time_test.data(), x_test.size()});
  }
  plot(c.ui, body.body, c.cache.plots[spec.info.name], spec);
}

void draw_training_rate_card(const PanelContext& c) {
  const LossBlock& loss = *c.snapshot.loss;
  CardBody body = card(c.ui, c.area, {"training.rate", "Learning rate", "by step", "", {}});
  sentence(c, body.body, schedule_sentence(c.snapshot));
  if (loss.autoencoder_rate.value.empty() && loss.flow_rate.value.empty()) {
    empty_state(c.ui, body.body, "No learning rates yet",
                "The learning rates of both optimisers appear here. " +
                    when_it_comes(c.snapshot, Awaited::AutoencoderStep));
    return;
  }
  PlotSpec spec;
  spec.info = {"plot.training.rate", "Learning rates",
               "Learning rate of AdamW. It rises during warm-up and falls to zero at the end.", "", ""};
  spec.x_unit = "step";
  spec.curves = {series_curve("flow", c.theme().flow, loss.flow_rate),
                 series_curve("autoencoder", c.theme().autoencoder, loss.autoencoder_rate)};
  plot(c.ui, body.body, c.cache.plots[spec.info.name], spec);
}

}  // namespace lf::app::panels
