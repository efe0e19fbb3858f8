#include "panels/quality/checks.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "panels/expectation.h"
#include "panels/quality/quality_text.h"
#include "panels/run_status.h"
#include "panels/sentence.h"
#include "widgets/control/card.h"
#include "widgets/plot/marker_scale.h"
#include "widgets/plot/plot.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

void add_levels(const PanelContext& c, PlotSpec& spec) {
  const Score& score = best_score(*c.snapshot.quality);
  if (!score.valid) return;
  spec.levels.push_back({"noise floor", c.theme().data, score.fd_floor, "floor"});
  if (score.rfd > 0) spec.levels.push_back({"rFD", c.theme().autoencoder, score.rfd});
}

}  // namespace

void draw_history_card(const PanelContext& c) {
  const Series& history = c.snapshot.quality->history;
  const bool by_time = c.view.on("quality.history.time", false), log = c.view.on("quality.history.log", true);
  const CardSpec look{
      "quality.history",
      "Score during training",
      "live FD %",
      "",
      {{{"quality.history.log", "log y", "Logarithmic axis.", "", ""}, log},
       {{"quality.history.time", "by seconds", "Seconds of training instead of steps.", "", ""}, by_time}}};
  const CardBody parts = card(c.ui, c.area, look);
  if (parts.clicked >= 0)
    c.view.flip(look.chips[static_cast<size_t>(parts.clicked)].info.name, parts.clicked == 0);
  if (history.value.empty()) {
    const bool live = c.snapshot.settings->values.quality.live;
    const MissingScore missing = missing_score(c.snapshot);
    empty_state(c.ui, parts.body, "No live scores yet",
                !c.snapshot.quality->judge_available ? missing.brief
                : live ? "A point appears here every few seconds while the flow trains. " +
                             when_it_comes(c.snapshot, Awaited::Score)
                       : "Switch 'live score' on above, then train: a point appears every few seconds.");
    return;
  }
  PlotSpec spec;
  spec.info = {
      "plot.quality.history", "Live FD %",
      "FD % of few samples with averaged weights, during training. The single dot is the full score of "
      "all its samples.",
      "", ""};
  spec.x_unit = by_time ? "s" : "step";
  spec.y_unit = "%";
  spec.log_y = log;
  const std::vector<float>& x = by_time ? history.seconds : history.step;
  spec.curves = {
      {"FD %", c.theme().flow, x.data(), history.value.data(), std::min(x.size(), history.value.size())}};
  spec.curves[0].dots = true;
  const Score& full = c.snapshot.quality->full;
  const auto at = static_cast<float>(by_time ? full.seconds : static_cast<double>(full.step)),
             fd = static_cast<float>(full.fd);
  if (full.valid) {
    PlotCurve last{"full score", c.theme().accent, &at, &fd, 1};
    last.id = "full", last.dots = true;
    spec.curves.push_back(last);
  }
  add_levels(c, spec);
  plot(c.ui, parts.body, c.cache.plots[spec.info.name], spec);
}

void draw_memorisation_card(const PanelContext& c) {
  const CardBody parts =
      card(c.ui, c.area, {"quality.copies", "Memorisation", "nearest training digits", "", {}});
  Rect body = parts.body;
  const Score& score = c.snapshot.quality->full;  // live scores include no memorisation check
  const bool measured = score.valid && score.memorisation >= 0 && std::isfinite(score.memorisation);
  Rect line = body.take_top(c.px(32), c.px(6));
  const std::string shown = measured ? percent_text(score.memorisation) : "—";
  readout(c.ui, line,
          {"quality.memorisation", "Suspiciously close",
           "Share of samples whose distance ratio is below that of 99 % of real test digits.", shown, ""});
  const float used = draw_text(c.ui, line, Type::Display, c.theme().text, shown);
  line.take_left(used, c.px(10));
  draw_text(c.ui, line, Type::Small, c.theme().text2, "real digits: 1 %");
  draw_paragraph(c.ui, body, Type::Small, c.theme().text2,
                 memorisation_sentence(score) +
                     " For each of 1,000 samples, the two nearest training digits are found. A copy is "
                     "much nearer to one of them than to the other.");
}

void draw_judge_card(const PanelContext& c) {
  const QualityBlock& q = *c.snapshot.quality;
  const CardBody parts = card(c.ui, c.area, {"quality.judge", "Classifier", "calibration, FD %", "", {}});
  Rect body = parts.body;
  if (!q.judge_available) {
    const MissingScore missing = missing_score(c.snapshot);
    empty_state(c.ui, body, "No classifier", missing.how);
    return;
  }
  sentence(c, body, q.judge + ". The marks are the scores of known images.");
  MarkerScaleSpec spec;
  spec.info = {"quality.calibration", "Calibration",
               "FD % of images of known quality: a good classifier ranks them in this order.",
               fixed(q.calibration_test, 3), ""};
  spec.low = 0.01;
  spec.high = 100;
  spec.logarithmic = true;
  spec.ticks = {0.01, 0.1, 1, 10, 100};
  spec.unit = "%";
  const Theme& t = c.theme();
  const auto mark = [&](const std::string& word, double fd, Color colour) {
    spec.markers.push_back({word + " " + fd_text(fd), fd, colour, false});
  };
  mark("test digits", q.calibration_test, t.data);
  mark("with noise 0.05", q.calibration_noise05, t.noise);
  mark("with noise 0.1", q.calibration_noise10, t.noise);
  mark("blurred", q.calibration_blur, t.text2);
  marker_scale(c.ui, body, spec);
}

}  // namespace lf::app::panels
