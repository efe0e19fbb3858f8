// One step explained: the step in seven stages, the batch's images, and a chart for each stage.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/classes.h"
#include "lab/step/result.h"
#include "panels/lab/step/parts.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr const char* kStageKey = "lab.step.stage";
constexpr const char* kSlowKey = "now.lab.step.slowly";
constexpr const char* kSinceKey = "now.lab.step.since";  ///< when the current stage started, in seconds
constexpr double kStageSeconds = 5;

size_t stage_of(const PanelContext& c) {
  const auto stage = std::strtol(c.view.text(kStageKey, "1").c_str(), nullptr, 10);
  return static_cast<size_t>(std::clamp<long>(stage, 1, static_cast<long>(kStages))) - 1;
}

void choose(const PanelContext& c, size_t stage) {
  c.view.set(kStageKey, std::to_string(stage + 1));
  c.view.set(kSinceKey, std::to_string(c.ui.time));
}

/// Advances by itself while the switch is on, and stops at the last stage.
void go_on(const PanelContext& c) {
  if (!c.view.on(kSlowKey, false)) return;
  const double since = std::strtod(c.view.text(kSinceKey, "0").c_str(), nullptr);
  const size_t stage = stage_of(c);
  if (c.ui.time >= since + kStageSeconds) {
    if (stage + 1 < kStages) choose(c, stage + 1);
    if (stage + 2 >= kStages) c.view.set(kSlowKey, false);
  }
  c.ui.wake_after(0.2);
}

std::vector<CardChip> chips_of(const PanelContext& c, size_t stage) {
  std::vector<CardChip> chips{
      {{"lab.step.back", "‹", "Previous stage.", "", stage == 0 ? "This is the first stage." : ""},
       false,
       false},
      {{"lab.step.next", "›", "Next stage.", "", stage + 1 == kStages ? "This is the last stage." : ""},
       false,
       false},
      {{"lab.step.slowly", "slow motion", "Shows the stages one after the other, five seconds each.", "", ""},
       c.view.on(kSlowKey, false),
       true}};
  const std::string rate = c.view.text(lab_argument_key("step", "rate"), "0.1");
  for (const char* factor : {"0.01", "0.1", "1"})
    chips.push_back({{std::string("lab.step.rate.") + factor, std::string("learning rate × ") + factor,
                      "Learning rate of this step, relative to the highest one of training.", "", ""},
                     rate == factor,
                     true});
  chips.push_back({{"lab.step.another", "another batch", "Samples other digits, noise and times.", "", ""},
                   false,
                   false});
  return chips;
}

void obey_chip(const PanelContext& c, int clicked, size_t stage) {
  if (clicked == 0 && stage > 0) choose(c, stage - 1);
  if (clicked == 1 && stage + 1 < kStages) choose(c, stage + 1);
  if (clicked == 2) {
    c.view.flip(kSlowKey, false);
    choose(c, stage + 1 == kStages ? 0 : stage);
  }
  const char* const factors[] = {"0.01", "0.1", "1"};
  if (clicked >= 3 && clicked < 6)
    c.view.set(lab_argument_key("step", "rate"), std::string(factors[clicked - 3]));
  if (clicked == 6) {
    const std::string key = lab_argument_key("step", "draw");
    c.view.set(key, std::to_string((std::strtol(c.view.text(key, "0").c_str(), nullptr, 10) + 1) % 1000));
  }
}

/// One numbered box for each stage, left to right.
void draw_boxes(const PanelContext& c, const Rect& area, const LabStep& s, size_t chosen) {
  const Theme& t = c.theme();
  const float gap = c.px(14);
  const auto boxes = columns(area, std::vector<float>(kStages, 1), gap);
  for (size_t i = 0; i < kStages; ++i) {
    const Rect& box = boxes[i];
    const std::string number = std::to_string(i + 1);
    const Response r = control(
        c.ui, box,
        {"lab.step.stage." + number, kStageTitles[i], stage_sentence(s, i), i == chosen ? "on" : "off", ""});
    const Color back = i == chosen ? fade(t.accent, 0.24f)
                       : r.hovered ? t.raised
                                   : mix(t.card, t.raised, 0.5f);
    draw()->AddRectFilled(box.min(), box.max(), back, c.px(7));
    draw()->AddRect(box.min(), box.max(), i == chosen ? t.accent : t.border, c.px(7), 0, t.line);
    Rect inner = box.inset(c.px(9), c.px(5));
    const float line = std::floor(0.5f * inner.h);
    draw_text(c.ui, inner.take_top(line), Type::Small, i <= chosen ? t.text : t.text2,
              number + " " + kStageTitles[i]);
    draw_text(c.ui, inner, Type::Mono, i <= chosen ? t.text : t.text2, stage_figure(s, i));
    if (i + 1 < kStages) {
      const ImVec2 tip{box.right() + gap - c.px(3), box.center().y};
      draw()->AddTriangleFilled({box.right() + c.px(3), tip.y - c.px(5)},
                                {box.right() + c.px(3), tip.y + c.px(5)}, tip,
                                i < chosen ? t.accent : t.border);
    }
    if (r.clicked) choose(c, i);
  }
}

struct PictureRow {
  const char* name;
  const char* meaning;
  size_t since;  ///< stage from which it is known
};
constexpr PictureRow kRows[kStepPictures] = {{"x1", "digit", 0},
                                             {"x0", "noise", 0},
                                             {"x_t", "between", 1},
                                             {"estimate", "before", 3},
                                             {"estimate", "after", 6}};

/// Eight digits of the batch and the network's predictions. Rows appear with their stage.
void draw_pictures(const PanelContext& c, const LabStep& s, size_t stage) {
  const CardBody parts =
      card(c.ui, c.area, {"lab.step.pictures", "Images of the batch", "eight digits by rising t", "", {}});
  Rect body = parts.body;
  readout(c.ui, body,
          {"lab.step.digits", "Images of the step",
           "Decoded: the digit, its noise, the point x_t between them, and the network's endpoint "
           "estimate before and after the step.",
           std::to_string(s.shown.size()), ""});
  const Rect heads = body.take_top(c.px(18), c.px(2));
  Rect feet = body.take_bottom(c.px(18), c.px(2));
  const float left = c.px(104), count = static_cast<float>(s.shown.size());
  const float step_y = body.h / static_cast<float>(kStepPictures);
  const float step_x = (body.w - left) / count,
              side = std::floor(std::min(step_y - c.px(3), step_x - c.px(6)));
  for (size_t k = 0; k < s.shown.size(); ++k) {
    const float x = body.x + left + static_cast<float>(k) * step_x;
    const auto at = static_cast<size_t>(s.shown[k]);
    const float width = std::max(side, step_x - c.px(2));
    if (stage >= 1)
      draw_text(c.ui, {x, heads.y, width, heads.h}, Type::MonoSmall, c.theme().text2, fixed(s.t[at], 2));
    if (stage >= 4)
      draw_text(c.ui, {x, feet.y, width, feet.h}, Type::MonoSmall, c.theme().text2,
                fixed(stage >= 6 ? s.loss_after[at] : s.loss[at], 2));
    for (size_t row = 0; row < kStepPictures; ++row) {
      const Rect cell{x, body.y + static_cast<float>(row) * step_y, side, side};
      if (stage < kRows[row].since) {
        draw()->AddRect(cell.min(), cell.max(), c.theme().border, c.px(4), 0, c.theme().line);
        continue;
      }
      TileLook look;
      if (row == 0 && s.labels[at] < kClasses) look.label = s.labels[at];
      digit_tile(c.ui, cell, c.cache.lab_pictures, row * s.shown.size() + k, look);
    }
  }
  for (size_t row = 0; row < kStepPictures; ++row) {
    const Rect name{body.x, body.y + static_cast<float>(row) * step_y, left - c.px(8), side};
    const bool known = stage >= kRows[row].since;
    draw_text(c.ui, name, Type::Small, known ? c.theme().text : c.theme().faint,
              std::string(kRows[row].name) + " · " + kRows[row].meaning);
  }
  draw_text(c.ui, heads, Type::Small, c.theme().text2, stage >= 1 ? "time t" : "");
  draw_text(c.ui, feet, Type::Small, c.theme().text2, stage >= 6 ? "loss after" : stage >= 4 ? "loss" : "");
}

}  // namespace

static void upload_step(const PanelContext& c, const LabStep& found) {
  if (!lab_pictures_change(c)) return;
  const uint64_t version = c.snapshot.lab->version;
  c.cache.lab_pictures.set(found.pictures, version);
}

void draw_lab_step(const PanelContext& c) {
  const auto found = c.snapshot.lab->as<LabStep>();
  if (found) upload_step(c, *found);
  const bool ready = found && !found->shown.empty();
  const bool narrow = c.area.w / c.ui.scale < 820, low = c.area.h / c.ui.scale < 520;
  if (ready) go_on(c);
  const size_t stage = stage_of(c);
  Rect area = c.area, below;
  if (ready) {
    const Rect top = area.take_top(c.px(low ? 132 : 152), c.px(12));
    below = area;
    area = top;
  }
  const std::string unit = ready && !narrow ? "on a copy of the network, in slow motion" : "";
  const CardBody parts =
      lab_card(c.within(area), unit, ready ? stage_sentence(*found, stage) : "", chips_of(c, stage));
  obey_chip(c, parts.clicked, stage);
  if (lab_waits(c, parts.body, ready)) return;
  draw_boxes(c, parts.body, *found, stage);
  const auto cards = columns(below, {low || narrow ? 1.0f : 1.45f, 1}, c.px(12));
  draw_pictures(c.within(cards[0]), *found, stage);
  draw_stage_chart(c.within(cards[1]), *found, stage);
}

}  // namespace lf::app::panels
