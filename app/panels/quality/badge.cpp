#include "panels/quality/badge.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "panels/quality/quality_text.h"
#include "panels/run_status.h"
#include "panels/sentence.h"
#include "widgets/control/card.h"
#include "widgets/control/facts.h"
#include "widgets/control/slider.h"
#include "widgets/plot/marker_scale.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// The square with the letter, the score and its rating.
void draw_verdict(const PanelContext& c, Rect line) {
  const QualityBlock& quality = *c.snapshot.quality;
  const Score& score = best_score(quality);
  const Theme& t = c.theme();
  const std::string letter = score.valid ? score.grade : "—";
  readout(c.ui, line,
          {"quality.verdict", "FD %", grade_word(score.grade), quality_text(quality) + " " + letter, ""});
  const Rect box = line.take_left(line.h, c.px(14));
  const Color tone = score.valid ? grade_tone(t, score.grade) : t.raised;
  draw()->AddRectFilled(box.min(), box.max(), tone, c.px(10));
  draw_text(c.ui, box, Type::Display, score.valid ? rgb(0x0F1216) : t.text2, letter, Align::Center);
  Rect top = line.take_top(0.6f * line.h);
  draw_text(c.ui, top, Type::Display, t.text, quality_text(quality));
  const std::string word = score.valid ? grade_word(score.grade) : missing_score(c.snapshot).title;
  draw_text(c.ui, line, Type::Small, t.text2, word);
}

std::vector<Fact> score_facts(const PanelContext& c) {
  const Score& score = best_score(*c.snapshot.quality);
  const auto shown = [&](const std::string& text) { return score.valid ? text : std::string("—"); };
  return {{{"quality.floor", "Noise floor",
            "FD % of equally many real training digits. Lower values cannot be expected.",
            shown(fd_text(score.fd_floor)), ""},
           0},
          {{"quality.rfd", "rFD",
            "FD % of reconstructed test digits: the limit that the decoder sets. Full evaluation only.",
            shown(fd_text(score.rfd)), ""},
           0},
          {{"quality.accuracy", "Accuracy",
            "Share of samples that the classifier assigns to their class label. A high value is not "
            "sufficient: blurred average digits reach it too.",
            shown(percent_text(score.accuracy)), ""},
           0},
          {{"quality.psnr", "PSNR", "PSNR of the reconstructed test digits, in dB. Full evaluation only.",
            score.valid && score.psnr > 0 ? fixed(score.psnr, 1) + " dB" : "—", ""},
           0}};
}

/// The running evaluation with its cancel button.
void draw_progress(const PanelContext& c, Rect line) {
  const JobBlock& job = *c.snapshot.job;
  const Rect stop = line.take_right(c.px(80), c.px(12));
  if (button(c.ui, stop,
             {"quality.cancel", "Cancel", "Cancels the evaluation; the last score stays.", "", ""})) {
    c.send(CancelCommand{});
  }
  const float done = static_cast<float>(job.active ? job.progress : c.snapshot.run->progress);
  const std::string left = job.seconds_left >= 0 ? " · " + duration_text(job.seconds_left) + " left" : "";
  const std::string words = (job.name.empty() ? "evaluating" : job.name) + left;
  readout(c.ui, line, {"quality.progress", "Evaluation", "Progress of the evaluation.", fixed(done, 3), ""});
  draw_text(c.ui, line.take_top(0.6f * line.h), Type::Small, c.theme().text, words);
  progress_bar(c.ui, {line.x, line.y + c.px(2), line.w, c.px(5)}, {{1, done, c.theme().accent}});
}

void draw_scoring(const PanelContext& c, Rect line) {
  const bool live = c.snapshot.settings->values.quality.live;
  const std::string no_judge = c.snapshot.quality->judge_available ? "" : missing_score(c.snapshot).how;
  const SettingInfo& setting = setting_info(&QualitySettings::live);
  const ControlInfo info{"quality.live", "live score", setting.meaning, "", no_judge};
  Rect side = line.take_right(chip_width(c.ui, info.label), c.px(12));
  side = {side.x, side.center().y - 0.5f * chip_height(c.ui), side.w, chip_height(c.ui)};
  if (chip(c.ui, side, info, live)) c.send(SetCommand{setting.key, live ? "off" : "on"});
  if (evaluating(c.snapshot)) {
    draw_progress(c, line);
    return;
  }
  const ControlInfo evaluate{
      "quality.evaluate", "Evaluate 10,000 samples",
      "Generates 10,000 digits, scores them, reconstructs the test set and checks for memorised digits.", "",
      evaluate_reason(c.snapshot)};
  const ButtonLook look{ButtonKind::Primary, Icon::None, ""};
  const Rect place = line.take_left(std::min(line.w, button_width(c.ui, evaluate.label, look)));
  if (button(c.ui, place, evaluate, look)) c.send(EvaluateCommand{});
}

void add_markers(const PanelContext& c, MarkerScaleSpec& spec) {
  const QualityBlock& quality = *c.snapshot.quality;
  const Score& score = best_score(quality);
  const Theme& t = c.theme();
  spec.markers.push_back({"these samples " + quality_text(quality), score.fd, t.flow, true});
  if (score.rfd >= 0 && std::isfinite(score.rfd)) {
    spec.markers.push_back(
        {"rFD, the decoder's limit " + fd_text(score.rfd), score.rfd, t.autoencoder, false});
  }
  spec.markers.push_back(
      {"noise floor of " + grouped(score.count) + " real digits " + fd_text(score.fd_floor), score.fd_floor,
       t.data, false});
}

}  // namespace

Color grade_tone(const Theme& t, const std::string& grade) {
  if (grade == "S" || grade == "A") return t.good;
  if (grade == "B") return t.data;
  return grade == "C" ? mix(t.data, t.error, 0.5f) : t.error;
}

void draw_badge_card(const PanelContext& c) {
  const std::string& origin = c.snapshot.quality->origin;
  const CardBody parts = card(c.ui, c.area,
                              {"quality.badge",
                               "Score of the generated digits",
                               origin.empty() ? "FD %, lower is better" : "FD % · " + origin,
                               "",
                               {}});
  Rect body = parts.body;
  Rect top = body.take_top(c.px(52), c.px(10));
  draw_scoring(c, body.take_bottom(c.px(30), c.px(6)));
  const bool beside = body.w > c.px(520);
  Rect figures = beside ? top.take_right(top.w - c.px(210)) : body.take_top(c.px(40), c.px(8));
  draw_verdict(c, top);
  facts(c.ui, figures.inset(0, beside ? c.px(6) : 0), score_facts(c), 66);
  const std::string missing =
      best_score(*c.snapshot.quality).valid ? "" : missing_score(c.snapshot).how + "\n";
  draw_paragraph(c.ui, body, Type::Small, c.theme().text2, missing + fd_sentence(*c.snapshot.quality));
}

void draw_scale_card(const PanelContext& c) {
  const QualityBlock& quality = *c.snapshot.quality;
  const CardBody parts =
      card(c.ui, c.area, {"quality.scale", "Limits of the score", "FD %, logarithmic", "", {}});
  Rect body = parts.body;
  if (!best_score(quality).valid) {
    const MissingScore missing = missing_score(c.snapshot);
    empty_state(c.ui, body, "—",
                "Score, noise floor and decoder limit appear here on one scale. " + missing.brief);
    return;
  }
  sentence(c, body, limits_sentence(best_score(quality)));
  MarkerScaleSpec spec;
  spec.info = {"quality.ruler", "Grades", "Grades S to E by FD %. Each mark is one value of this model.",
               quality_text(quality), ""};
  spec.low = 0.01;
  spec.high = 100;
  spec.logarithmic = true;
  spec.unit = "%";
  spec.ticks = {0.01, 0.1, 1, 10, 100};
  for (const GradeLimit& limit : grade_limits(quality.calibration_test)) {
    spec.bands.push_back({limit.grade, std::min(limit.up_to, spec.high), grade_tone(c.theme(), limit.grade)});
  }
  add_markers(c, spec);
  marker_scale(c.ui, body, spec);
}

}  // namespace lf::app::panels
