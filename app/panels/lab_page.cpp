#include "panels/lab_page.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "messages/errors.h"
#include "messages/lab_tools.h"
#include "panels/lab_panels.h"
#include "widgets/text.h"

namespace lf {
namespace {

struct ToolPanel {
  const char* tool;
  void (*draw)(const PanelContext&);
};
constexpr ToolPanel kPanels[] = {
    {"ghost", draw_lab_ghost},
    {"solvers", draw_lab_solvers},
    {"time-grid", draw_lab_time_grid},
    {"field", draw_lab_field},
    {"straightness", draw_lab_straightness},
    {"guidance", draw_lab_guidance},
    {"loss-floor", draw_lab_loss_floor},
    {"step", draw_lab_step},
    {"network", draw_lab_network},
    {"map", draw_lab_map},
    {"interpolation", draw_lab_interpolation},
    {"drawing", draw_lab_drawing},
    {"nearest", draw_lab_nearest},
    {"likelihood", draw_lab_likelihood},
};

/// The last `lab` line that came from a script.
constexpr const char* kScripted = "now.lab.scripted";

constexpr const char* kUntrained =
    "Drawn before the flow began to learn: noise stays noise, and nothing follows from it.";

/// Where the view remembers the tool of a page that was chosen last.
std::string tool_key(const std::string& page) { return page == "flow-lab" ? "lab.tool" : "latent.tool"; }

std::vector<const LabToolInfo*> tools_of(const std::string& page) {
  std::vector<const LabToolInfo*> found;
  for (const LabToolInfo& tool : lab_tools()) {
    if (page == tool.page) found.push_back(&tool);
  }
  return found;
}

/// The page's tool chosen last; its first one where a stored state names none that exists.
const LabToolInfo& chosen_tool(const PanelContext& c, const std::string& page) {
  const auto tools = tools_of(page);
  const std::string id = c.view.text(tool_key(page), tools.front()->id);
  for (const LabToolInfo* tool : tools) {
    if (id == tool->id) return *tool;
  }
  return *tools.front();
}

void choose(const PanelContext& c, const LabToolInfo& tool) {
  c.view.set(tool_key(tool.page), std::string(tool.id));
}

ControlInfo tool_info(const LabToolInfo& tool, bool chosen) {
  return {std::string("lab.tool.") + tool.id, tool.name, tool.tooltip, chosen ? "on" : "off", ""};
}

constexpr const char* kSavePicture = "Save picture";
constexpr const char* kSaveNumbers = "Save numbers";
constexpr double kSavedShown = 2;  ///< seconds for which a saved picture is said

float saving_width(const PanelContext& c) {
  return chip_width(c.ui, kSavePicture) + chip_width(c.ui, kSaveNumbers) + c.px(6);
}

/// Both go where exports go: into the run's folder, else the current one.
void draw_saving(const PanelContext& c, Rect line) {
  const LabBlock& lab = *c.snapshot.lab;
  const std::string none = lab.tool.empty() || lab.version == 0 ? "The tool has not answered yet." : "";
  const std::string stem = export_stem(c.snapshot.run->run_folder, lab.tool);
  const double since = c.ui.time - std::strtod(c.view.text("now.lab.saved", "-9").c_str(), nullptr);
  const bool just_saved = since >= 0 && since < kSavedShown;
  if (just_saved) c.ui.wake_after(kSavedShown - since);
  if (chip(c.ui, line.take_left(chip_width(c.ui, kSavePicture), c.px(6)),
           {"lab.save.picture", just_saved ? "Saved" : kSavePicture,
            "Writes " + stem + ".png: the tool as it is on the screen.", "", none},
           false, false) &&
      none.empty())
    c.view.picture_wanted = stem + ".png";
  if (chip(c.ui, line.take_left(chip_width(c.ui, kSaveNumbers)),
           {"lab.save.numbers", kSaveNumbers,
            "Writes " + stem + ".csv: the numbers behind the pictures, a line of names first.", "", none},
           false, false) &&
      none.empty())
    c.send(ExportCommand{stem + ".csv"});
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
  if (r.clicked) choose(c, tool);
}

/// Wide enough for every question.
float list_width(const PanelContext& c, const std::string& page) {
  float words = c.px(178);
  for (const LabToolInfo* tool : tools_of(page))
    words = std::max(words, text_size(c.ui, Type::Small, tool->question).x);
  return std::ceil(words) + c.px(48);
}

void draw_list(const PanelContext& c, const std::string& page, const char* title) {
  const LabToolInfo& chosen = chosen_tool(c, page);
  const auto tools = tools_of(page);
  Rect body = card(c.ui, c.area, {"lab.list", title, "a question each", "", {}}).body;
  body = body.inset(-c.px(4), 0);
  const Rect saving = body.take_bottom(chip_height(c.ui));
  const float fits = body.h / static_cast<float>(tools.size());
  const float row = std::min(c.px(46), std::floor(fits) - c.px(2)), gap = std::min(c.px(4), fits - row);
  for (const LabToolInfo* tool : tools) draw_row(c, body.take_top(row, gap), *tool, tool == &chosen);
  draw_saving(c, saving);
}

/// In small windows the list is chips, as many lines of them as it takes; returns their height.
float draw_chips(const PanelContext& c, const std::string& page) {
  const LabToolInfo& chosen = chosen_tool(c, page);
  const float height = chip_height(c.ui), gap = c.px(6);
  Rect line{c.area.x, c.area.y, c.area.w, height};
  const auto place = [&](float width) {
    if (line.w < width) line = {c.area.x, line.bottom() + gap, c.area.w, height};
    return line.take_left(width, gap);
  };
  for (const LabToolInfo* tool : tools_of(page)) {
    const bool on = tool == &chosen;
    if (chip(c.ui, place(chip_width(c.ui, tool->name)), tool_info(*tool, on), on)) choose(c, *tool);
  }
  draw_saving(c, place(saving_width(c)));
  return line.bottom() - c.area.y;
}

}  // namespace

/// Where the view keeps an argument of a tool: `lab.ghost.unlabelled`.
std::string lab_argument_key(const std::string& tool, const std::string& key) {
  return "lab." + tool + "." + key;
}

/// What the window asks of the worker: the tool of the page shown, told what the view says.
static LabCommand wanted_command(const PanelContext& c) {
  LabCommand command;
  if (c.view.page != "flow-lab" && c.view.page != "latent-space") return command;
  const LabToolInfo& tool = chosen_tool(c, c.view.page);
  command.tool = tool.id;
  for (const LabArgument& argument : tool.arguments) {
    const std::string value = c.view.text(lab_argument_key(tool.id, argument.key), argument.initial);
    if (value != argument.initial) command.arguments[argument.key] = value;
  }
  try {
    lab_arguments(tool, command.arguments);
  } catch (const InputError&) {  // a state that another version of the program has stored
    command.arguments.clear();
  }
  return command;
}

/// What the worker has open, as it would be asked for.
static LabCommand open_command(const LabBlock& lab) {
  LabCommand command{lab.tool, {}};
  if (lab.tool.empty()) return command;
  for (const LabArgument& argument : lab_tool(lab.tool).arguments) {
    const std::string value = lab.arguments.text(argument.key);
    if (value != argument.initial) command.arguments[argument.key] = value;
  }
  return command;
}

/// The view takes over what a script has opened.
static void follow(const PanelContext& c, const LabBlock& lab) {
  const LabToolInfo& tool = lab_tool(lab.tool);
  c.view.page = tool.page;
  choose(c, tool);
  for (const LabArgument& argument : tool.arguments)
    c.view.set(lab_argument_key(tool.id, argument.key), lab.arguments.text(argument.key));
  c.view.set(kScripted, format_command(open_command(lab)));
}

bool lab_is_scripted(const PanelContext& c) {
  return c.view.text(kScripted, "") == format_command(open_command(*c.snapshot.lab));
}

/// While training goes on: which step's weights answer, and how many steps ago that was.
static std::string answered_when(const PanelContext& c) {
  const LabBlock& lab = *c.snapshot.lab;
  const RunBlock& run = *c.snapshot.run;
  if (!run.running || lab.trained_step <= 0) return "";
  const int64_t since = run.flow_step - lab.trained_step;
  return "after flow step " + grouped(lab.trained_step) +
         (since > 0 ? ", " + grouped(since) + " steps ago" : "");
}

CardBody lab_card(const PanelContext& c, const std::string& unit, const std::string& answer,
                  const std::vector<CardChip>& chips) {
  const LabToolInfo& tool = chosen_tool(c, c.view.page);
  const LabBlock& lab = *c.snapshot.lab;
  std::string below = answer;
  if (lab.trained_step == 0 && !answer.empty()) below = kUntrained;
  const bool in_passing = lab.arguments.on("quick");  // several a second: the word would only flicker
  if (lab.problem.empty() && !lab.complete && lab.tool == tool.id && !in_passing)
    below = "Computing … " + fixed(100 * lab.progress, 0) + " %" + (answer.empty() ? "" : " · " + answer);
  const std::string when = answered_when(c), both = unit + (unit.empty() || when.empty() ? "" : " · ") + when;
  float room = c.area.w - c.px(52) - text_size(c.ui, Type::Title, tool.question).x;
  for (const CardChip& chip : chips) room -= chip_width(c.ui, chip.info.label) + c.px(6);
  const bool fits = text_size(c.ui, Type::Small, both).x <= room;
  const CardBody body =
      card(c.ui, c.area,
           {std::string("lab.") + tool.id, tool.question, fits || when.empty() ? both : when, below, chips});
  const Rect head{c.area.x, c.area.y, c.area.w, body.body.y - c.area.y};
  readout(c.ui, {head.x, head.y, body.head_right.x - head.x, head.h},
          {std::string("lab.") + tool.id + ".question", tool.name, tool.tooltip,
           !lab.complete  ? fixed(lab.progress, 2)
           : when.empty() ? "complete"
                          : when,
           ""});
  return body;
}

/// Tools that have something to show of a flow before its first step.
static bool says_something_untrained(const std::string& tool) {
  return tool == "map" || tool == "step" || tool == "loss-floor";
}

bool lab_waits(const PanelContext& c, const Rect& body, bool ready) {
  const LabBlock& lab = *c.snapshot.lab;
  if (!lab.problem.empty()) {
    empty_state(c.ui, body, "No answer", sentence_case(lab.problem));
    return true;
  }
  if (ready && lab.trained_step == 0 && !says_something_untrained(lab.tool)) {
    empty_state(
        c.ui, body, "Nothing learned yet",
        "The flow has not begun to learn: its velocity means nothing. Press Train, or open a model; the "
        "answer comes with the first steps.");
    return true;
  }
  if (ready) return false;
  const bool loading = c.snapshot.run->phase == Phase::Loading;
  empty_state(c.ui, body, "Computing",
              loading ? "The model is being loaded first." : "The first answer is a moment away.");
  return true;
}

std::string state_words(const PanelContext& c, float state) {
  const std::string shown = "t = " + fixed(state, 2);
  return fixed(state, 2) == fixed(c.view.t, 2) ? shown : "the nearest state " + shown;
}

void click_moves_t(const PanelContext& c, const PlotState& state) {
  if (!state.clicked) return;
  c.view.playing = false;
  c.view.t = std::clamp(static_cast<float>(state.hover_x), 0.0f, 1.0f);
}

/// The list at the left or above, the chosen tool beside it.
static void draw_tools(const PanelContext& c, const std::string& page, const char* title) {
  Rect area = c.area;
  if (c.area.w / c.ui.scale >= 1000)
    draw_list(c.within(area.take_left(list_width(c, page), c.px(12))), page, title);
  else
    area.take_top(draw_chips(c, page), c.px(8));
  c.view.tool_area[0] = area.x, c.view.tool_area[1] = area.y;
  c.view.tool_area[2] = area.w, c.view.tool_area[3] = area.h;
  const std::string id = chosen_tool(c, page).id;
  for (const ToolPanel& panel : kPanels) {
    if (id == panel.tool) panel.draw(c.within(area));
  }
}

void draw_lab_page(const PanelContext& c) { draw_tools(c, "flow-lab", "Flow lab"); }
void draw_latent_page(const PanelContext& c) { draw_tools(c, "latent-space", "Latent space"); }

void keep_lab_in_step(const PanelContext& c) {
  ViewState& view = c.view;
  const std::string open = format_command(open_command(*c.snapshot.lab));
  const std::string asked = view.text("now.lab.asked", "lab off"),
                    seen = view.text("now.lab.seen", "lab off");
  if (open != seen) {
    view.set("now.lab.seen", open);
    // A script asked for it, unless it is one of what was asked for here a moment ago.
    const bool ours = view.text("now.lab.sent", "").find("\n" + open + "\n") != std::string::npos;
    if (open == asked) view.set("now.lab.sent", std::string());
    if (open != "lab off" && open != asked && !ours) {
      follow(c, *c.snapshot.lab);
      view.set("now.lab.asked", open);
      return;
    }
  }
  const LabCommand wanted = wanted_command(c);
  const std::string line = format_command(wanted);
  if (line == asked) return;
  view.set("now.lab.asked", line);
  view.set("now.lab.sent", view.text("now.lab.sent", "\n") + line + "\n");
  c.send(wanted);
}

}  // namespace lf
