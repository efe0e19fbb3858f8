#include "panels/explore/training_pad.h"

#include <algorithm>
#include <cmath>

#include "lab/figure.h"
#include "panels/frame/marks.h"
#include "widgets/control/card.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr float kSmallest = 24, kWords = 52, kHead = 20;  ///< effective pixels

/// The place in `chosen` whose value is nearest.
template <class Distance>
size_t nearest_place(const std::vector<size_t>& chosen, Distance distance) {
  const auto nearest = std::min_element(chosen.begin(), chosen.end(),
                                        [&](size_t a, size_t b) { return distance(a) < distance(b); });
  return static_cast<size_t>(nearest - chosen.begin());
}

struct Pad {
  std::vector<size_t> marks;   ///< of each row
  std::vector<bool> known;     ///< of each row: its images are in the atlas
  std::vector<size_t> states;  ///< of each column
  float side = 0, gap = 0;
  Rect cells;
  Rect cell(size_t row, size_t column) const {
    const float pitch = side + gap;
    return {cells.x + static_cast<float>(column) * pitch, cells.y + static_cast<float>(row) * pitch, side,
            side};
  }
};

/// As many steps of t and marks as fit with cells that can still be recognised.
Pad lay_out(const PanelContext& c) {
  Pad pad;
  pad.gap = c.px(2);
  pad.cells = c.area;
  pad.cells.take_left(c.px(kWords));
  pad.cells.take_top(c.px(kHead));
  const auto fitting = [&](float length, float side) {
    return static_cast<size_t>(std::max(2.0f, std::floor((length + pad.gap) / (side + pad.gap))));
  };
  pad.states = spread_indices(c.snapshot.flow->t.size(), fitting(pad.cells.w, c.px(kSmallest)));
  const float across = pad.cells.w / static_cast<float>(pad.states.size()) - pad.gap;
  pad.side = std::floor(std::clamp(across, c.px(kSmallest), c.px(64)));
  pad.marks = spread_indices(c.snapshot.marks->steps.size(), fitting(pad.cells.h, pad.side));
  return pad;
}

/// Uploads the digit's images of all rows, if they are not the same as in the last frame.
void fill_atlas(const PanelContext& c, Pad& pad, bool endpoints) {
  const MarksBlock& marks = *c.snapshot.marks;
  const auto digit = static_cast<size_t>(c.view.selected);
  std::string key = endpoints ? "estimates" : "states";
  for (const uint64_t part :
       {marks.version, uint64_t{digit}, uint64_t{pad.marks.size()}, uint64_t{pad.states.size()}})
    key += " " + std::to_string(part);
  ImageSheet all;
  const bool same = c.cache.training_pad_key == key;
  for (const size_t mark : pad.marks) {
    const FlowBlock* flow = mark < marks.flows.size() ? marks.flows[mark].get() : nullptr;
    const bool fits = flow != nullptr && flow->t.size() == c.snapshot.flow->t.size() &&
                      static_cast<size_t>(flow->digits) > digit;
    pad.known.push_back(fits);
    if (same) continue;
    for (const size_t s : pad.states) {
      if (fits)
        all.append(endpoints ? flow->endpoints : flow->images, s * static_cast<size_t>(flow->digits) + digit,
                   1);
      else
        all.append(ImageSheet::black(1));
    }
  }
  if (same) return;
  static uint64_t versions = 0;
  c.cache.training_pad.set(all, ++versions);
  c.cache.training_pad_key = key;
}

void draw_heads(const PanelContext& c, const Pad& pad, size_t column, size_t row) {
  const Theme& t = c.theme();
  const MarksBlock& marks = *c.snapshot.marks;
  draw_text(c.ui, {c.area.x, c.area.y, c.px(kWords - 8), c.px(kHead)}, Type::Small, t.text2, "step \\ t",
            Align::Right);
  const auto every = static_cast<size_t>(std::ceil(c.px(36) / (pad.side + pad.gap)));
  for (size_t i = 0; i < pad.states.size(); i += every) {
    const Rect cell = pad.cell(0, i);
    draw_text(c.ui, {cell.x - pad.side, c.area.y, 3 * pad.side, c.px(kHead)}, Type::Small,
              i == column ? t.text : t.text2, fixed(c.snapshot.flow->t[pad.states[i]], 2), Align::Center);
  }
  for (size_t r = 0; r < pad.marks.size(); ++r) {
    const Rect cell = pad.cell(r, 0);
    draw_text(c.ui, {c.area.x, cell.y, c.px(kWords - 8), pad.side}, Type::Small, r == row ? t.text : t.text2,
              grouped(marks.steps[pad.marks[r]]), Align::Right);
  }
}

/// The class that the classifier predicts for the digit of a mark at t = 1; −1 without a classifier.
int predicted_class(const PanelContext& c, size_t mark) {
  const FlowBlock& flow = *c.snapshot.marks->flows[mark];
  const auto digits = static_cast<size_t>(flow.digits), digit = static_cast<size_t>(c.view.selected);
  return flow.judged.size() == flow.t.size() * digits && digit < digits
             ? flow.judged[flow.judged.size() - digits + digit]
             : -1;
}

/// The row nearest to the step that is shown.
size_t row_of(const PanelContext& c, const Pad& pad) {
  const std::vector<int64_t>& steps = c.snapshot.marks->steps;
  if (c.view.step_asked < 0) return pad.marks.size() - 1;
  return nearest_place(pad.marks, [&](size_t mark) { return std::abs(steps[mark] - c.view.step_asked); });
}

size_t column_of(const PanelContext& c, const Pad& pad) {
  const std::vector<float>& t = c.snapshot.flow->t;
  return nearest_place(pad.states, [&](size_t state) { return std::abs(t[state] - c.view.t); });
}

/// The cell under the mouse; {rows, 0} outside.
std::pair<size_t, size_t> cell_at(const Pad& pad, ImVec2 mouse) {
  for (size_t r = 0; r < pad.marks.size(); ++r) {
    for (size_t i = 0; i < pad.states.size(); ++i)
      if (pad.cell(r, i).contains(mouse)) return {r, i};
  }
  return {pad.marks.size(), 0};
}

}  // namespace

void draw_training_pad(const PanelContext& c, bool endpoints) {
  const FlowBlock& flow = *c.snapshot.flow;
  if (flow.t.empty() || !marks_known(c)) return;
  Pad pad = lay_out(c);
  fill_atlas(c, pad, endpoints);
  const size_t row = row_of(c, pad), column = column_of(c, pad);
  const Response r =
      control(c.ui, c.area,
              {"pad.training", "Digit over t and training",
               "The selected digit: t to the right, the training step downwards, always from "
               "the same noise. The last column is underlined in the colour of the class that the "
               "classifier predicts. Click or drag to choose both.",
               "step " + std::to_string(c.snapshot.marks->steps[pad.marks[row]]) + ", state " +
                   std::to_string(pad.states[column]),
               ""});
  const auto [at_row, at_column] = cell_at(pad, ImGui::GetIO().MousePos);
  const bool inside = at_row < pad.marks.size();
  draw_heads(c, pad, column, row);
  TileLayers layers(c.ui);
  for (size_t i = 0; i < pad.marks.size(); ++i) {
    for (size_t s = 0; s < pad.states.size(); ++s) {
      TileLook look;
      look.selected = i == row && s == column;
      look.hovered = r.hovered && inside && i == at_row && s == at_column;
      look.opacity = pad.known[i] ? 1 : 0.25f;
      if (s + 1 == pad.states.size() && pad.known[i]) look.label = predicted_class(c, pad.marks[i]);
      digit_tile(c.ui, pad.cell(i, s), c.cache.training_pad, i * pad.states.size() + s, look);
    }
  }
  if (!inside || !(r.held || r.clicked)) return;
  c.view.playing = false;
  c.view.t = flow.t[pad.states[at_column]];
  choose_mark(c, pad.marks[at_row]);
}

}  // namespace lf::app::panels
