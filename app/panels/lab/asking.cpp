// The window's requests to the lab, and how the view follows a script that requests something else.
#include "base/errors.h"
#include "lab/tools.h"
#include "panels/lab/choice.h"
#include "panels/lab/lab_page.h"
#include "panels/lab/panels.h"

namespace lf::app::panels {
namespace {

/// The last `lab` line that came from a script.
constexpr const char* kScripted = "now.lab.scripted";

/// Where the view stores the last selected tool of a page.
std::string tool_key(const std::string& page) { return page == "flow-lab" ? "lab.tool" : "latent.tool"; }

}  // namespace

std::vector<const LabToolInfo*> lab_tools_of(const std::string& page) {
  std::vector<const LabToolInfo*> found;
  for (const LabToolInfo& tool : lab_tools()) {
    if (page == tool.page) found.push_back(&tool);
  }
  return found;
}

const LabToolInfo& chosen_lab_tool(const PanelContext& c, const std::string& page) {
  const auto tools = lab_tools_of(page);
  const std::string id = c.view.text(tool_key(page), tools.front()->id);
  for (const LabToolInfo* tool : tools) {
    if (id == tool->id) return *tool;
  }
  return *tools.front();
}

bool shown_tool_has_no_time(const PanelContext& c) {
  if (c.view.page != "flow-lab" && c.view.page != "latent-space") return false;
  const std::string id = chosen_lab_tool(c, c.view.page).id;
  return id == "drawing" || id == "nearest" || id == "likelihood" || id == "step";
}

void choose_lab_tool(const PanelContext& c, const LabToolInfo& tool) {
  c.view.set(tool_key(tool.page), std::string(tool.id));
}

/// Where the view stores an argument of a tool: `lab.ghost.unlabelled`.
std::string lab_argument_key(const std::string& tool, const std::string& key) {
  return "lab." + tool + "." + key;
}

/// The tool and the arguments that differ from its initial ones, each in canonical spelling.
static LabCommand command_of(const LabToolInfo& tool, const LabArguments& arguments) {
  LabCommand command{tool.id, {}};
  for (const LabArgument& argument : tool.arguments) {
    const std::string value = arguments.text(argument.key);
    if (value != argument.initial) command.arguments[argument.key] = value;
  }
  return command;
}

/// The window's request to the worker: the tool of the page on screen, with the view's arguments.
static LabCommand wanted_command(const PanelContext& c) {
  if (c.view.page != "flow-lab" && c.view.page != "latent-space") return {};
  const LabToolInfo& tool = chosen_lab_tool(c, c.view.page);
  std::map<std::string, std::string> said;
  for (const LabArgument& argument : tool.arguments) {
    const std::string value = c.view.text(lab_argument_key(tool.id, argument.key), argument.initial);
    if (value != argument.initial) said[argument.key] = value;
  }
  try {
    return command_of(tool, lab_arguments(tool, said));
  } catch (const InputError&) {  // a state stored by another version of the program
    return LabCommand{tool.id, {}};
  }
}

/// What the worker has open, in the form of a request.
static LabCommand open_command(const LabBlock& lab) {
  return lab.tool.empty() ? LabCommand{} : command_of(lab_tool(lab.tool), lab.arguments);
}

/// The view takes over what a script has opened.
static void follow(const PanelContext& c, const LabBlock& lab) {
  const LabToolInfo& tool = lab_tool(lab.tool);
  c.view.page = tool.page;
  choose_lab_tool(c, tool);
  for (const LabArgument& argument : tool.arguments)
    c.view.set(lab_argument_key(tool.id, argument.key), lab.arguments.text(argument.key));
  c.view.set(kScripted, format_command(open_command(lab)));
}

bool lab_is_scripted(const PanelContext& c) {
  return c.view.text(kScripted, "") == format_command(open_command(*c.snapshot.lab));
}

void keep_lab_in_step(const PanelContext& c) {
  ViewState& view = c.view;
  const std::string open = format_command(open_command(*c.snapshot.lab));
  const std::string asked = view.text("now.lab.asked", "lab off"),
                    seen = view.text("now.lab.seen", "lab off");
  if (open != seen) {
    view.set("now.lab.seen", open);
    // A script requested it, unless it is one of the window's own recent requests.
    const bool ours = view.text("now.lab.sent", "").find("\n" + open + "\n") != std::string::npos;
    if (open == asked) view.switches.erase("now.lab.sent");
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

}  // namespace lf::app::panels
