#include "panels/compare/same_noise.h"

#include <algorithm>
#include <cmath>

#include "panels/compare/models.h"
#include "panels/preview_time.h"
#include "widgets/control/card.h"
#include "widgets/image/difference_legend.h"
#include "widgets/image/grid.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr double kBlinkSeconds = 0.7;  ///< each of the two is shown so long

struct CompareMode {
  const char* id;
  const char* label;
  const char* tooltip;
};
constexpr CompareMode kModes[] = {
    {"side", "side by side", "A grid for each model."},
    {"wipe", "wipe", "Two models in one grid: drag the divider over a digit."},
    {"blink", "blink", "Two models in one grid, one after the other: what differs moves."},
    {"difference", "difference", "The second minus the first, pixel by pixel."}};

bool shown(const ComparedModel& model) {
  return model.flow && !model.flow->t.empty() && model.flow->digits > 0;
}

std::string mode_of(const PanelContext& c) {
  return c.snapshot.compare->models.size() < 2 ? "side" : c.view.text("compare.mode", "side");
}

/// The digits of two models that both have.
int common_digits(const FlowBlock& a, const FlowBlock& b) {
  return static_cast<int>(std::min(a.digits, b.digits));
}

size_t image_index(const FlowBlock& flow, float t, int digit) {
  return static_cast<size_t>(nearest_state(flow, t)) * static_cast<size_t>(flow.digits) +
         static_cast<size_t>(digit);
}

std::string remark_of(const ComparedModel& model) {
  std::string text = grouped(model.flow_steps) + " steps";
  const std::string score = compared_score(model);
  return score.empty() ? text : score + " · " + text;
}

/// A grid of one model below its name, or why there is none.
void draw_model(const PanelContext& c, size_t index) {
  const ComparedModel& model = c.snapshot.compare->models[index];
  const std::string number = std::to_string(index);
  Rect area = c.area;
  Rect head = area.take_top(c.px(24), c.px(4));
  const ControlInfo remove{"compare.remove." + number, "Remove", "Takes this model out of the comparison.",
                           "", ""};
  if (icon_button(c.ui, head.take_right(c.px(24), c.px(4)), Icon::Close, remove))
    c.send(toggle_compared(c.view, c.snapshot, model.path));
  draw_compared_name(c, head, index, model.problem.empty() ? remark_of(model) : "");
  if (!model.problem.empty()) {
    readout(c.ui, area, {"compare.grid." + number, model.name, model.problem, "unreadable", ""});
    draw_paragraph(c.ui, area, Type::Body, c.theme().warning, model.problem);
    return;
  }
  if (!shown(model)) {
    readout(c.ui, area, {"compare.grid." + number, model.name, "", "empty", ""});
    draw_text(c.ui, area, Type::Small, c.theme().text2, "generating …", Align::Center);
    return;
  }
  const FlowBlock& flow = *model.flow;
  ImageGridSpec grid;
  grid.info = {"compare.grid." + number, model.name, "Digits of this model from the common noise, at t.",
               "state " + std::to_string(nearest_state(flow, c.view.t)), ""};
  grid.atlas = &c.cache.compared.models[index];
  grid.first = image_index(flow, c.view.t, 0);
  grid.count = static_cast<int>(flow.digits);
  grid.labels = flow.labels.data();
  grid.selected = c.view.selected;
  const ImageGridResult r = image_grid(c.ui, area, grid);
  if (r.clicked >= 0) c.view.selected = r.clicked;
}

void draw_side_by_side(const PanelContext& c) {
  const size_t count = c.snapshot.compare->models.size();
  const bool two_rows = count > 2 || c.area.w < c.px(560);
  const size_t lines = two_rows ? (count > 2 && c.area.w >= c.px(560) ? 2 : count) : 1;
  const size_t across = (count + lines - 1) / lines;
  const auto bands = rows(c.area, std::vector<float>(lines, 1), c.px(10));
  for (size_t i = 0; i < count; ++i) {
    const auto cells = columns(bands[i / across], std::vector<float>(across, 1), c.px(14));
    draw_model(c.within(cells[i % across]), i);
  }
}

struct Pair {
  size_t other;  ///< the first is 0
  const FlowBlock& a;
  const FlowBlock& b;
};

void draw_wipe(const PanelContext& c, const SquareGrid& grid, const Pair& pair, const Response& r) {
  const int count = common_digits(pair.a, pair.b), under = grid.at(ImGui::GetIO().MousePos, count);
  float share = static_cast<float>(std::atof(c.view.text("compare.wipe", "0.5").c_str()));
  if (!(share >= 0 && share <= 1)) share = 0.5f;
  if (r.held && under >= 0) {
    const Rect cell = grid.cell(under);
    share = std::clamp((ImGui::GetIO().MousePos.x - cell.x) / cell.w, 0.0f, 1.0f);
    c.view.set("compare.wipe", fixed(share, 3));
  }
  if (r.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  for (int i = 0; i < count; ++i) {
    const Rect tile = grid.cell(i);
    const float divider = tile.x + share * tile.w;
    draw()->AddRectFilled(tile.min(), tile.max(), c.theme().paper, c.px(4));
    c.cache.compared.models[0].draw_ink_between(tile, image_index(pair.a, c.view.t, i), c.theme().ink, tile.x,
                                                divider);
    c.cache.compared.models[pair.other].draw_ink_between(tile, image_index(pair.b, c.view.t, i),
                                                         c.theme().ink, divider, tile.right());
    draw()->AddLine({divider, tile.y}, {divider, tile.bottom()}, c.theme().accent, c.px(1));
  }
}

void draw_blink(const PanelContext& c, const SquareGrid& grid, const Pair& pair) {
  const bool second = std::fmod(c.ui.time, 2 * kBlinkSeconds) >= kBlinkSeconds;
  c.ui.wake_after(kBlinkSeconds - std::fmod(c.ui.time, kBlinkSeconds) + 0.005);
  const FlowBlock& flow = second ? pair.b : pair.a;
  const size_t model = second ? pair.other : 0;
  const TileLayers layers(c.ui);
  for (int i = 0; i < common_digits(pair.a, pair.b); ++i)
    digit_tile(c.ui, grid.cell(i), c.cache.compared.models[model], image_index(flow, c.view.t, i),
               {flow.labels[static_cast<size_t>(i)]});
}

void draw_differences(const PanelContext& c, const SquareGrid& grid, const Pair& pair) {
  const auto count = static_cast<size_t>(common_digits(pair.a, pair.b));
  const std::string key = std::to_string(pair.a.version) + "/" + std::to_string(pair.b.version) + "/" +
                          std::to_string(nearest_state(pair.a, c.view.t));
  if (c.cache.compared.difference_key != key) {
    c.cache.compared.difference_key = key;
    c.cache.compared.difference.set_difference(pair.a.images.part(image_index(pair.a, c.view.t, 0), count),
                                               pair.b.images.part(image_index(pair.b, c.view.t, 0), count),
                                               ++c.cache.compared.difference_version);
  }
  for (size_t i = 0; i < count; ++i)
    difference_tile(c.ui, grid.cell(static_cast<int>(i)), c.cache.compared.difference, i);
}

/// The line above a pair: which is which.
void draw_pair_names(const PanelContext& c, Rect line, const std::string& mode, size_t other) {
  if (mode == "difference") {
    const auto& models = c.snapshot.compare->models;
    return difference_legend(c.ui, line, "compare.legend", "only in " + models[0].name,
                             "only in " + models[other].name);
  }
  const bool second = std::fmod(c.ui.time, 2 * kBlinkSeconds) >= kBlinkSeconds;
  const auto halves = columns(line, {1, 1}, c.px(12));
  if (mode == "wipe" || !second) draw_compared_name(c, halves[0], 0, mode == "wipe" ? "left" : "");
  if (mode == "wipe" || second) draw_compared_name(c, halves[1], other, mode == "wipe" ? "right" : "");
}

void draw_pair(const PanelContext& c, const std::string& mode) {
  const size_t other = other_model(c);
  const ComparedModel &a = c.snapshot.compare->models[0], &b = c.snapshot.compare->models[other];
  Rect area = c.area;
  draw_pair_names(c, area.take_top(c.px(24), c.px(6)), mode, other);
  if (!shown(a) || !shown(b)) {
    const std::string& problem = a.problem.empty() ? b.problem : a.problem;
    readout(c.ui, area, {"compare.grid", "Digits", "", "empty", ""});
    draw_paragraph(c.ui, area, Type::Body, problem.empty() ? c.theme().text2 : c.theme().warning,
                   problem.empty() ? "generating …" : problem);
    return;
  }
  const Pair pair{other, *a.flow, *b.flow};
  const SquareGrid grid = square_grid(area, common_digits(pair.a, pair.b), c.px(6), 0, c.px(120));
  const Response r =
      control(c.ui, area,
              {"compare.grid", "Digits",
               mode == "wipe" ? "Drag over a digit to move the divider in all of them." : "", mode, ""});
  if (mode == "wipe")
    draw_wipe(c, grid, pair, r);
  else if (mode == "blink")
    draw_blink(c, grid, pair);
  else
    draw_differences(c, grid, pair);
}

std::string answer_of_noise(const CompareBlock& block) {
  std::string text = "Every model starts from the same noise (SHA-256 " + block.noise + "…).";
  return block.remark.empty() ? text : text + " " + block.remark + ".";
}

/// Which modes there are, and with more than two models which one is compared with the first.
std::vector<CardChip> mode_chips(const PanelContext& c, const std::string& mode) {
  const auto& models = c.snapshot.compare->models;
  const std::string few = models.size() < 2 ? "Choose a second model first." : "";
  std::vector<CardChip> chips;
  if (mode != "side" && models.size() > 2) {
    for (size_t i = 1; i < models.size(); ++i)
      chips.push_back({{"compare.other." + std::to_string(i), "with " + std::to_string(i + 1),
                        "Compares the first model with " + models[i].name + ".", "", ""},
                       other_model(c) == i});
  }
  for (const CompareMode& each : kModes)
    chips.push_back(
        {{std::string("compare.mode.") + each.id, each.label, each.tooltip, "", few}, mode == each.id});
  return chips;
}

void click_mode(const PanelContext& c, const std::string& name) {
  const std::string other = "compare.other.", mode = "compare.mode.";
  if (name.rfind(other, 0) == 0) c.view.set("compare.other", name.substr(other.size()));
  if (name.rfind(mode, 0) == 0) c.view.set("compare.mode", name.substr(mode.size()));
}

}  // namespace

void draw_same_noise_card(const PanelContext& c) {
  const CompareBlock& block = *c.snapshot.compare;
  const std::string mode = mode_of(c);
  CardSpec spec{"card.compare", "The same noise", "at t = " + fixed(c.view.t, 2), answer_of_noise(block),
                mode_chips(c, mode)};
  const CardBody parts = card(c.ui, c.area, spec);
  if (parts.clicked >= 0) click_mode(c, spec.chips[static_cast<size_t>(parts.clicked)].info.name);
  if (mode == "side")
    draw_side_by_side(c.within(parts.body));
  else
    draw_pair(c.within(parts.body), mode);
}

}  // namespace lf::app::panels
