#include "panels/frame/playback.h"

#include <algorithm>
#include <cmath>

#include "panels/growth_parts.h"
#include "panels/lab/choice.h"
#include "panels/preview_time.h"
#include "widgets/control/combo.h"
#include "widgets/control/slider.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// If t changes nothing on the page, play and slider say so.
std::string idle_words(const PanelContext& c) {
  if (growth_shown(c.snapshot)) return " It becomes available with the first generated digits.";
  return shown_tool_has_no_time(c) ? " This tool does not depend on t." : "";
}

std::string speed_label(double speed) { return short_number(speed, 3) + "×"; }

void draw_play(const PanelContext& c, Rect& bar) {
  const Rect cut = bar.take_left(c.px(46), c.px(14));
  const Rect place{cut.x, cut.center().y - c.px(22), c.px(46), c.px(44)};
  const ControlInfo info{"play", c.view.playing ? "Stop" : "Play",
                         "Moves t from noise to digits repeatedly. Key P." + idle_words(c),
                         c.view.playing ? "playing" : "stopped", ""};
  const Response r = control(c.ui, place, info);
  if (r.clicked) {
    c.view.playing = !c.view.playing;
    if (c.view.playing && c.view.t >= 1) c.view.t = 0;
  }
  const Theme& t = c.theme();
  draw()->AddRectFilled(place.min(), place.max(), mix(t.raised, t.text, r.hovered ? 0.08f : 0), c.px(10));
  draw()->AddRect(place.min(), place.max(), t.border, c.px(10));
  draw_icon(c.view.playing ? Icon::Pause : Icon::Play, place.center(), c.px(15), t.text);
}

/// The slider's time, which every page and tool uses, and the preview's nearest step.
void draw_time(const PanelContext& c, Rect& bar) {
  const FlowBlock& flow = *c.snapshot.flow;
  const Theme& t = c.theme();
  const int state = nearest_state(flow, c.view.t);
  Rect place = bar.take_left(c.px(104), c.px(6));
  place = {place.x, place.center().y - c.px(27), place.w, c.px(54)};
  const Rect big = place.take_top(c.px(34));
  draw_text(c.ui, big, Type::Display, t.text, "t " + fixed(c.view.t, 2));
  std::string step = growth_shown(c.snapshot) ? "waits for the flow" : "no preview yet";
  if (!flow.t.empty()) {
    const bool there = fixed(flow.t[static_cast<size_t>(state)], 2) == fixed(c.view.t, 2);
    step =
        (there ? "step " : "near step ") + std::to_string(state) + " of " + std::to_string(flow.t.size() - 1);
  }
  draw_text(c.ui, place, Type::Small, t.text2, step);
}

void draw_steps(const PanelContext& c, Rect& bar) {
  const FlowBlock& flow = *c.snapshot.flow;
  const std::string none = flow.t.empty() ? "There is no preview trajectory yet." : "";
  for (int side : {-1, 1}) {
    const Rect cut = bar.take_left(c.px(26), side < 0 ? c.px(2) : c.px(18));
    const Rect place{cut.x, cut.center().y - c.px(14), c.px(26), c.px(28)};
    const ControlInfo info{side < 0 ? "t.previous" : "t.next",
                           side < 0 ? "One step back" : "One step forward",
                           side < 0 ? "Previous solver step. Key ←." : "Next solver step. Key →.", "", none};
    if (icon_button(c.ui, place, side < 0 ? Icon::Previous : Icon::Next, info)) step_t(flow, c.view, side);
  }
}

void draw_loop_and_speed(const PanelContext& c, Rect& bar) {
  const Rect cut = bar.take_right(c.px(120), c.px(20));
  Rect line{cut.x, cut.center().y - c.px(13), cut.w, c.px(26)};
  const Rect loop = line.take_left(c.px(44), c.px(6));
  if (chip(c.ui, loop, {"loop", "loop", "Starts again at noise after t = 1.", "", ""}, c.view.loop))
    c.view.loop = !c.view.loop;
  std::vector<MenuRow> list;
  int current = -1;
  for (double speed : speed_table()) {
    if (std::abs(speed - c.view.speed) < 1e-6) current = static_cast<int>(list.size());
    list.push_back(
        {speed_label(speed), speed_label(speed), fixed(2 / speed, speed < 1 ? 0 : 1) + " s across", ""});
  }
  const ControlInfo info{"speed", speed_label(c.view.speed), "Speed of t while it plays.",
                         speed_label(c.view.speed), ""};
  const int chosen = combo(c.ui, line, info, list, current, true);
  if (chosen >= 0) c.view.speed = speed_table()[static_cast<size_t>(chosen)];
}

void draw_track(const PanelContext& c, const Rect& bar) {
  const FlowBlock& flow = *c.snapshot.flow;
  const Theme& t = c.theme();
  TrackSpec spec;
  spec.info = {"t", "t",
               "Time of the flow: 0 is noise, 1 is a digit. Drag it, or use ← and →. Every tick is a "
               "solver step." +
                   idle_words(c),
               fixed(c.view.t, 3), ""};
  spec.ticks = flow.t;
  spec.value = c.view.t;
  const Rect track{bar.x, bar.center().y - c.px(20), bar.w, c.px(28)};
  c.view.dragging_t = t_track(c.ui, track, spec, c.view.t);
  if (c.view.dragging_t) c.view.playing = false;
  const Rect words{bar.x, track.bottom() + c.px(1), bar.w, c.px(16)};
  draw_text(c.ui, words, Type::Small, mix(t.text2, t.noise, 0.5f), "0 · noise");
  draw_text(c.ui, words, Type::Small, mix(t.text2, t.data, 0.5f), "data · 1", Align::Right);
  if (words.w < c.px(420)) return;
  std::string how = flow.solver.empty() ? ""
                                        : flow.solver + " · " + counted(flow.steps, "step") + " · " +
                                              counted(flow.nfe, "function evaluation");
  if (!how.empty() && flow.labelled) how += " · guidance " + short_number(flow.guidance, 2);
  if (!how.empty()) how += " · noise seed " + std::to_string(flow.seed);
  draw_text(c.ui, words.inset(c.px(90), 0), Type::Small, t.text2, how, Align::Center);
}

}  // namespace

const std::vector<double>& speed_table() {
  static const std::vector<double> table{0.1, 0.25, 0.5, 1, 2, 4};
  return table;
}

void draw_playback(const PanelContext& c) {
  const Theme& t = c.theme();
  draw()->AddRectFilled(c.area.min(), c.area.max(), t.bar);
  draw()->AddLine({c.area.x, c.area.y}, {c.area.right(), c.area.y}, t.border);
  Rect bar = c.area.inset(c.px(16), 0);
  draw_play(c, bar);
  draw_time(c, bar);
  draw_steps(c, bar);
  draw_loop_and_speed(c, bar);
  draw_track(c, bar);
}

}  // namespace lf::app::panels
