#include "panels/run_status.h"

#include <algorithm>

#include "widgets/control/control.h"
#include "widgets/control/slider.h"
#include "widgets/icons.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr double kSettled = 3;        ///< seconds of training before the remaining time is reliable
constexpr float kWidestDevice = 250;  ///< effective pixels; a card's name may be longer

Color grade_colour(const Theme& t, const std::string& grade) {
  if (grade == "S" || grade == "A") return t.good;
  if (grade == "B") return t.data;
  if (grade == "C") return mix(t.data, t.error, 0.5f);
  return t.error;
}

Rect badge_place(const PanelContext& c, Rect& bar, float width) {
  const Rect cut = bar.take_right(width, c.px(8));
  return {cut.x, cut.center().y - c.px(17), cut.w, c.px(34)};
}

void draw_badge_frame(const PanelContext& c, const Rect& place) {
  draw()->AddRectFilled(place.min(), place.max(), c.theme().card, c.px(8));
  draw()->AddRect(place.min(), place.max(), c.theme().border, c.px(8));
}

/// A message of the worker as a title.
std::string capitalised(const std::string& message) {
  std::string words = sentence_case(message);
  words.pop_back();  // its full stop
  return words;
}

std::string time_words(const RunBlock& run) {
  if (run.phase == Phase::Idle || (run.seconds <= 0 && run.seconds_left < 0)) return "";
  std::string text = duration_text(run.seconds);
  if (run.seconds_left >= 0 && (run.running || run.resumable))
    text += run.running && run.seconds < kSettled ? std::string(" · estimating")
                                                  : " · " + duration_text(run.seconds_left) + " left";
  return text;
}

/// The bar's parts: autoencoder (green), flow (blue), in proportion to their duration.
std::vector<ProgressPart> parts_of(const Theme& t, const RunBlock& run) {
  const float ae_done =
      run.encoder_total > 0
          ? std::min(1.0f, static_cast<float>(run.autoencoder_step) / static_cast<float>(run.encoder_total))
          : 0;
  const float flow_done =
      run.flow_total > 0 ? static_cast<float>(run.flow_step) / static_cast<float>(run.flow_total) : 0;
  const float overall = static_cast<float>(run.progress);
  // overall = share·ae_done in the first part and share + (1 − share)·flow_done in the second: each
  // gives the size of the first part. Early in a part the estimate jumps, and a part must stay
  // visible.
  float share = 0.4f;
  if ((run.phase == Phase::Flow || run.phase == Phase::Latents) && overall > 0 && flow_done < 0.99f)
    share = (overall - flow_done) / (1 - flow_done);
  else if (run.phase == Phase::Autoencoder && overall > 0 && ae_done > 0.05f)
    share = overall / ae_done;
  share = std::clamp(share, 0.04f, 0.8f);
  // A bundled model is no run: its bar is only a trace.
  const float strength = run.phase == Phase::Idle ? 0.3f : 1;
  return {{share, ae_done, fade(t.autoencoder, strength)}, {1 - share, flow_done, fade(t.flow, strength)}};
}

}  // namespace

std::string phase_words(const RunBlock& run) {
  switch (run.phase) {
    case Phase::Loading:
      return run.message.empty() ? "Loading the core" : capitalised(run.message);
    case Phase::Idle:
      return run.from_shipped && !run.model.empty() ? "Ready · " + run.model : "Ready";
    case Phase::Autoencoder:
      return "Autoencoder " + grouped(run.step) + " / " + grouped(run.encoder_total);
    case Phase::Latents:
      return run.message.empty() ? "Encoding latents" : capitalised(run.message);
    case Phase::Flow:
      return "Flow " + grouped(run.step) + " / " + grouped(run.flow_total);
    case Phase::Evaluating:
      return run.message.empty() ? "Evaluating" : capitalised(run.message);
    case Phase::Done:
      return "Done · flow " + grouped(run.flow_step) + " steps";
    case Phase::Failed:
      return "Stopped after an error";
  }
  return "";
}

const Score& best_score(const QualityBlock& q) {
  return q.full.valid && (!q.live.valid || q.full.step >= q.live.step) ? q.full : q.live;
}

std::string quality_text(const QualityBlock& q) {
  const Score& score = best_score(q);
  if (!score.valid) return "—";
  return (&score == &q.live ? "≈ " : "") + fixed(score.fd, score.fd < 10 ? 2 : 1) + " %";
}

void draw_device(const PanelContext& c, Rect& bar) {
  const RunBlock& run = *c.snapshot.run;
  const std::string device = run.device.empty() ? "…" : run.device;
  const float words = text_size(c.ui, Type::Small, device).x + c.px(20 + 58 + 6) + 2;
  const Rect place = badge_place(c, bar, std::clamp(words, c.px(176), c.px(kWidestDevice)));
  const ControlInfo info{"device", "Device and speed",
                         "Digits trained per second, device and arithmetic: " + run.device + ".", run.device,
                         ""};
  readout(c.ui, place, info);
  draw_badge_frame(c, place);
  Rect inner = place.inset(c.px(10), 0);
  draw_text(c.ui, inner.take_left(c.px(58), c.px(6)), Type::Mono, c.theme().text,
            run.running ? rate_text(run.digits_per_second) : "—");
  draw_text(c.ui, inner, Type::Small, c.theme().text2, device, Align::Right);
}

void draw_quality_badge(const PanelContext& c, Rect& bar) {
  const QualityBlock& q = *c.snapshot.quality;
  const Score& score = best_score(q);
  const Rect place = badge_place(c, bar, c.px(186));
  const std::string floor = score.valid ? "floor " + fixed(score.fd_floor, 2) : "no score";
  const ControlInfo info{
      "quality", "Quality",
      "FD %: Fréchet distance between the classifier's features of generated and real digits; lower is "
      "better. The noise floor is the FD % of equally many real digits. Click for details.",
      quality_text(q) + (score.grade.empty() ? "" : " grade " + score.grade), ""};
  if (control(c.ui, place, info)) c.view.page = "quality";
  draw_badge_frame(c, place);
  Rect inner = place.inset(c.px(8), c.px(7));
  const Rect box = inner.take_left(c.px(24), c.px(8));
  const Theme& t = c.theme();
  const Color tone = score.valid ? grade_colour(t, score.grade) : t.border;
  draw()->AddRectFilled(box.min(), box.max(), tone, c.px(5));
  draw_text(c.ui, box, Type::Strong, score.valid ? rgb(0x0F1216) : t.text2, score.valid ? score.grade : "?",
            Align::Center);
  const float label = draw_text(c.ui, inner, Type::Small, t.text2, "FD");
  inner.take_left(label, c.px(6));
  draw_text(c.ui, inner.take_left(c.px(66), c.px(2)), Type::Mono, t.text, quality_text(q));
  draw_text(c.ui, inner, Type::Small, t.text2, floor, Align::Right);
}

void draw_phase(const PanelContext& c, const Rect& bar) {
  const RunBlock& run = *c.snapshot.run;
  const Theme& t = c.theme();
  Rect place = bar;
  place.take_right(c.px(8));
  if (place.w < c.px(60)) return;
  std::string tooltip = "Current activity, its progress, the time used and the time left.";
  if (run.phase == Phase::Flow && run.autoencoder_step < run.autoencoder_total)
    tooltip += "\nBeside the flow, the decoder is at step " + grouped(run.autoencoder_step) + " of " +
               grouped(run.autoencoder_total) + ".";
  for (const std::string& text : run.announcements) tooltip += "\n" + sentence_case(text);
  const ControlInfo info{"phase", "Phase", tooltip,
                         std::string(phase_name(run.phase)) + (run.running     ? ""
                                                               : run.resumable ? " (paused)"
                                                                               : ""),
                         ""};
  readout(c.ui, place, info);
  Rect line{place.x, place.center().y - c.px(19), place.w, c.px(20)};
  const std::string time = time_words(run);
  draw_text(c.ui,
            line.take_right(std::min(line.w * 0.45f, text_size(c.ui, Type::Mono, time).x + 2), c.px(10)),
            Type::Mono, t.text2, time, Align::Right);
  if (run.phase == Phase::Done) {
    const Rect mark = line.take_left(c.px(12), c.px(6));
    draw_icon(Icon::Check, mark.center(), c.px(10), t.autoencoder);
  }
  const std::string paused = run.resumable && !run.running ? "Paused · " : "";
  const float words = draw_text(c.ui, line, Type::Body, run.phase == Phase::Failed ? t.error : t.text,
                                paused + phase_words(run));
  line.take_left(words, c.px(12));
  const bool steps = run.phase != Phase::Latents && run.phase != Phase::Evaluating;  // others have no loss
  if (steps && run.loss > 0 && line.w > c.px(70))
    draw_text(c.ui, line, Type::Mono, t.text2, "loss " + short_number(run.loss, 3));
  progress_bar(c.ui, {place.x, place.center().y + c.px(8), place.w, c.px(5)}, parts_of(t, run));
}

}  // namespace lf::app::panels
