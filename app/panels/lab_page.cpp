#include "panels/lab_page.h"

#include <algorithm>

#include "panels/lab_tools.h"
#include "widgets/text.h"

namespace lf {
namespace {

struct ToolPanel {
  const char* tool;
  void (*draw)(const PanelContext&);
};
constexpr ToolPanel kPanels[] = {
    {"ghost", draw_lab_ghost}, {"solvers", draw_lab_solvers}, {"guidance", draw_lab_guidance}};

constexpr const char* kToolKey = "lab.tool";
constexpr const char* kUntrained =
    "Drawn before the flow began to learn: noise stays noise, and nothing follows from it.";

/// The tool chosen last; the first one where a stored state names none that exists.
const LabToolInfo& chosen_tool(const PanelContext& c) {
  const std::string id = c.view.text(kToolKey, lab_tools().front().id);
  for (const LabToolInfo& tool : lab_tools()) {
    if (id == tool.id) return tool;
  }
  return lab_tools().front();
}

ControlInfo tool_info(const LabToolInfo& tool, bool chosen) {
  return {std::string("lab.tool.") + tool.id, tool.name, tool.tooltip, chosen ? "on" : "off", ""};
}

/// One line of the list: the name, and the question below it.
void draw_row(const PanelContext& c, const Rect& row, const LabToolInfo& tool, bool chosen) {
  const Theme& t = c.theme();
  const Response r = control(c.ui, row, tool_info(tool, chosen));
  if (chosen || r.hovered)
    draw()->AddRectFilled(row.min(), row.max(), chosen ? fade(t.accent, 0.22f) : t.raised, c.px(6));
  if (chosen) draw()->AddRectFilled(row.min(), {row.x + c.px(3), row.bottom()}, t.accent, c.px(2));
  Rect words = row.inset(c.px(12), c.px(5));
  draw_text(c.ui, words.take_top(c.px(19)), Type::Strong, t.text, tool.name);
  draw_text(c.ui, words, Type::Small, t.text2, tool.question);
  if (r.clicked) c.view.set(kToolKey, std::string(tool.id));
}

void draw_list(const PanelContext& c) {
  const LabToolInfo& chosen = chosen_tool(c);
  Rect body = card(c.ui, c.area, {"lab.list", "Flow lab", "a question each", "", {}}).body;
  body = body.inset(-c.px(4), 0);
  for (const LabToolInfo& tool : lab_tools())
    draw_row(c, body.take_top(c.px(46), c.px(4)), tool, &tool == &chosen);
}

/// In small windows the list is a line of chips.
void draw_chips(const PanelContext& c) {
  const LabToolInfo& chosen = chosen_tool(c);
  Rect line = c.area;
  for (const LabToolInfo& tool : lab_tools()) {
    const Rect place = line.take_left(chip_width(c.ui, tool.name), c.px(6));
    if (chip(c.ui, place, tool_info(tool, &tool == &chosen), &tool == &chosen))
      c.view.set(kToolKey, std::string(tool.id));
  }
}

}  // namespace

/// What is asked of the worker, in one word for comparing.
static std::string question(const std::string& tool, bool unlabelled) {
  return tool.empty() ? "" : tool + (unlabelled ? " unlabelled" : "");
}

static bool wants_unlabelled(const PanelContext& c, const std::string& tool) {
  return tool == "ghost" && c.snapshot.run->labelled && c.view.on(kGhostUnlabelled, true);
}

CardBody lab_card(const PanelContext& c, const std::string& unit, const std::string& answer,
                  const std::vector<CardChip>& chips) {
  const LabToolInfo& tool = chosen_tool(c);
  const LabBlock& lab = *c.snapshot.lab;
  std::string below = answer;
  if (lab.trained_step == 0 && !answer.empty()) below = kUntrained;
  if (lab.problem.empty() && !lab.complete && lab.tool == tool.id)
    below = "Computing … " + fixed(100 * lab.progress, 0) + " %" + (answer.empty() ? "" : " · " + answer);
  const bool changing = c.snapshot.run->running && lab.trained_step > 0;
  const std::string when = changing ? " · after flow step " + grouped(lab.trained_step) : "";
  const CardBody body =
      card(c.ui, c.area, {std::string("lab.") + tool.id, tool.question, unit + when, below, chips});
  const Rect head{c.area.x, c.area.y, c.area.w, body.body.y - c.area.y};
  readout(c.ui, {head.x, head.y, body.head_right.x - head.x, head.h},
          {std::string("lab.") + tool.id + ".question", tool.name, tool.tooltip,
           lab.complete ? "complete" : fixed(lab.progress, 2), ""});
  return body;
}

bool lab_waits(const PanelContext& c, const Rect& body, bool ready) {
  const LabBlock& lab = *c.snapshot.lab;
  if (!lab.problem.empty()) {
    empty_state(c.ui, body, "No answer", sentence_case(lab.problem));
    return true;
  }
  if (ready) return false;
  const bool loading = c.snapshot.run->phase == Phase::Loading;
  empty_state(c.ui, body, "Computing",
              loading ? "The model is being loaded first." : "The first answer is a moment away.");
  return true;
}

void click_moves_t(const PanelContext& c, const PlotState& state) {
  if (!state.clicked) return;
  c.view.playing = false;
  c.view.t = std::clamp(static_cast<float>(state.hover_x), 0.0f, 1.0f);
}

void draw_lab_page(const PanelContext& c) {
  Rect area = c.area;
  const bool list = c.area.w / c.ui.scale >= 1000;
  if (list)
    draw_list(c.within(area.take_left(c.px(226), c.px(12))));
  else
    draw_chips(c.within(area.take_top(chip_height(c.ui), c.px(8))));
  const std::string id = chosen_tool(c).id;
  for (const ToolPanel& panel : kPanels) {
    if (id == panel.tool) panel.draw(c.within(area));
  }
}

void keep_lab_in_step(const PanelContext& c) {
  ViewState& view = c.view;
  const std::string open = question(c.snapshot.lab->tool, c.snapshot.lab->unlabelled);
  const std::string asked = view.text("now.lab.asked", ""), seen = view.text("now.lab.seen", "");
  if (open != seen) {
    view.set("now.lab.seen", open);
    // A script asked for it, unless it is only what was asked for here a moment ago.
    if (!open.empty() && open != asked && open != view.text("now.lab.before", "")) {
      view.page = "flow-lab";
      view.set(kToolKey, c.snapshot.lab->tool);
      if (c.snapshot.lab->tool == "ghost") view.set(kGhostUnlabelled, c.snapshot.lab->unlabelled);
      view.set("now.lab.asked", open);
      return;
    }
  }
  const std::string tool = view.page == "flow-lab" ? chosen_tool(c).id : "";
  const std::string wanted = question(tool, wants_unlabelled(c, tool));
  if (wanted == view.text("now.lab.asked", "")) return;
  view.set("now.lab.before", asked);
  view.set("now.lab.asked", wanted);
  c.send(LabCommand{tool, wants_unlabelled(c, tool)});
}

}  // namespace lf
