#include "panels/help/tour.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <string>

#include "widgets/control/button.h"
#include "widgets/text/text.h"

namespace lf {
namespace {

struct TourStep {
  const char* item;  ///< name in the ui-map of what it is about
  const char* title;
  const char* words;
};

constexpr TourStep kSteps[] = {{"t", "It begins with noise",
                                "This track is time. At its left end, t = 0, everything is pure noise; at "
                                "its right end, t = 1, it is a digit. Drag "
                                "the knob, or press P, and every picture follows."},
                               {"map.latent", "A flow carries it",
                                "Each digit is one point of 64 numbers, here on two axes. A network says at "
                                "every place and time which way to move; "
                                "the lines are the ways it chose."},
                               {"grid.flow", "A decoder draws it",
                                "The 64 numbers are no picture yet. The decoder turns each point on its way "
                                "into 28×28 pixels: first fog, then a "
                                "digit."},
                               {"grid.reconstruction", "The decoder came first",
                                "Real digits were squeezed into 64 numbers and drawn again until little was "
                                "lost. What is lost here no flow can bring "
                                "back."},
                               {"plot.loss", "The flow learned by guessing",
                                "It is shown a digit mixed with noise and guesses the straight way from one "
                                "to the other. The lower its error, the "
                                "clearer the digits."},
                               {"train", "Now you",
                                "Train starts from nothing: the same noise is drawn again and again while it "
                                "learns, so you see digits appear. "
                                "Everything else explains itself when the mouse rests on it."}};

constexpr float kWidth = 340, kPad = 16;

float note_height(const Ui& ui, const TourStep& step) {
  return paragraph_height(ui, ui.px(kWidth - 2 * kPad), Type::Body, step.words) +
         ui.px(2 * kPad + 24 + 8 + 12 + 30);
}

/// Beside the target where there is most room, inside the window.
Rect note_place(const Ui& ui, const Rect& window, const Rect& target, float height) {
  const float w = ui.px(kWidth), gap = ui.px(16);
  Rect note{window.center().x - w / 2, window.center().y - height / 2, w, height};
  if (!target.empty()) {
    note = {target.center().x - w / 2, target.center().y - height / 2, w, height};
    const float room[] = {(target.x - window.x) / w, (window.right() - target.right()) / w,
                          (target.y - window.y) / height, (window.bottom() - target.bottom()) / height};
    const auto side = std::max_element(std::begin(room), std::end(room)) - std::begin(room);
    if (side == 0) note.x = target.x - gap - w;
    if (side == 1) note.x = target.right() + gap;
    if (side == 2) note.y = target.y - gap - height;
    if (side == 3) note.y = target.bottom() + gap;
  }
  note.x = std::clamp(note.x, window.x + gap, std::max(window.x + gap, window.right() - w - gap));
  note.y = std::clamp(note.y, window.y + gap, std::max(window.y + gap, window.bottom() - height - gap));
  return note;
}

constexpr ImGuiWindowFlags kLayer = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                                    ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing;

/// Dims everything but the target; the mouse passes through.
void draw_veil(const PanelContext& c, const Rect& target) {
  ImGui::SetNextWindowPos(c.area.min());
  ImGui::SetNextWindowSize({c.area.w, c.area.h});
  if (ImGui::Begin("tour.veil", nullptr, kLayer | ImGuiWindowFlags_NoInputs)) {
    const Color veil = with_alpha(rgb(0), c.theme().dark ? 0.5f : 0.28f);
    const Rect w = c.area, t = target.empty() ? Rect{w.x, w.y, 0, 0} : target;
    draw()->AddRectFilled(w.min(), {w.right(), t.y}, veil);
    draw()->AddRectFilled({w.x, t.bottom()}, w.max(), veil);
    draw()->AddRectFilled({w.x, t.y}, {t.x, t.bottom()}, veil);
    draw()->AddRectFilled({t.right(), t.y}, {w.right(), t.bottom()}, veil);
    if (!target.empty()) draw()->AddRect(t.min(), t.max(), c.theme().accent, c.px(8), 0, c.px(2));
  }
  ImGui::End();
}

void draw_buttons(const PanelContext& c, Rect line, int step) {
  const bool last = step + 1 == tour_length();
  const ControlInfo next{"tour.next", last ? "Done" : "Next", last ? "Ends the tour." : "The next card.", "",
                         ""};
  const ControlInfo back{"tour.back", "Back", "The card before.", "", step == 0 ? "This is the first." : ""};
  const ControlInfo skip{"tour.skip", "Skip", "Ends the tour; F1 offers it again.", "", ""};
  const ButtonLook primary{ButtonKind::Primary, Icon::None, ""}, quiet{ButtonKind::Quiet, Icon::None, ""};
  int to = step;
  if (button(c.ui, line.take_right(button_width(c.ui, next.label, primary), c.px(8)), next, primary)) ++to;
  if (button(c.ui, line.take_right(button_width(c.ui, back.label), c.px(8)), back)) --to;
  if (!last && button(c.ui, line.take_right(button_width(c.ui, skip.label, quiet), c.px(8)), skip, quiet))
    to = -1;
  draw_text(c.ui, line, Type::MonoSmall, c.theme().text2,
            std::to_string(step + 1) + " / " + std::to_string(tour_length()));
  if (to != step)
    c.view.set("now.tour.step", to < 0 || to >= tour_length() ? std::string() : std::to_string(to));
}

void draw_note(const PanelContext& c, const Rect& note, int step) {
  ImGui::SetNextWindowPos(note.min());
  ImGui::SetNextWindowSize({note.w, note.h});
  if (ImGui::Begin("tour.note", nullptr, kLayer)) {
    draw()->AddRectFilled(note.min(), note.max(), c.theme().bar, c.px(12));
    draw()->AddRect(note.min(), note.max(), c.theme().accent, c.px(12), 0, c.px(1.5f));
    readout(c.ui, note, {"tour", kSteps[step].title, "", std::to_string(step + 1), ""});
    Rect inner = note.inset(c.px(kPad));
    draw_text(c.ui, inner.take_top(c.px(24), c.px(8)), Type::Strong, c.theme().text, kSteps[step].title);
    draw_buttons(c, inner.take_bottom(c.px(30), c.px(12)), step);
    draw_paragraph(c.ui, inner, Type::Body, c.theme().text2, kSteps[step].words);
  }
  ImGui::End();
}

}  // namespace

int tour_length() { return static_cast<int>(std::size(kSteps)); }

int tour_step(const ViewState& view) {
  const std::string text = view.text("now.tour.step", "");
  if (text.empty()) return -1;
  return std::clamp(std::atoi(text.c_str()), 0, tour_length() - 1);
}

void start_tour(ViewState& view) {
  view.page = "explore";
  view.set("now.tour.step", std::string("0"));
}

bool end_tour(ViewState& view) {
  const bool was_on = tour_step(view) >= 0;
  view.set("now.tour.step", std::string());
  return was_on;
}

void draw_tour(const PanelContext& c) {
  const int step = tour_step(c.view);
  if (step < 0) return;
  if (c.view.page != "explore") c.view.page = "explore";
  const UiItem* item = c.ui.map.find(kSteps[step].item);
  Rect target;
  if (item != nullptr && item->visible)
    target =
        Rect{item->rect.x - c.px(4), item->rect.y - c.px(4), item->rect.w + c.px(8), item->rect.h + c.px(8)}
            .clipped(c.area);
  draw_veil(c, target);
  draw_note(c, note_place(c.ui, c.area, target, note_height(c.ui, kSteps[step])), step);
}

}  // namespace lf
