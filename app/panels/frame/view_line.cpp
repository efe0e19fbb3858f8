#include "panels/frame/view_line.h"

#include <algorithm>

#include "base/command_words.h"
#include "config/settings.h"
#include "lab/tools.h"
#include "panels/compare/models.h"
#include "panels/frame/pages.h"
#include "panels/reconstructions/reconstructions_text.h"

namespace lf::app::panels {
namespace {

constexpr const char* kDigitSetting = "preview.digit";

bool is_lab_page(const std::string& page) { return page == kFlowLabPage || page == kLatentSpacePage; }

/// The switch with the tool of a page of the lab.
std::string tool_switch(const std::string& page) { return page == kFlowLabPage ? "lab.tool" : "latent.tool"; }

/// How the names of a page's switches begin; those of a tool belong to the page that shows it.
std::string switch_prefix(const std::string& page, const std::string& tool) {
  return is_lab_page(page) ? "lab." + tool + "." : page + ".";
}

std::string first_tool_of(const std::string& page) {
  for (const LabToolInfo& tool : lab_tools())
    if (page == tool.page) return tool.id;
  return "";
}

bool is_page(const std::string& id) {
  const auto& table = page_table();
  return std::any_of(table.begin(), table.end(), [&](const PageInfo& page) { return id == page.id; });
}

/// A run as the line names it: by its name if it is in the runs folder, else by its path.
std::string short_name(const std::string& folder, const std::string& root) {
  const std::string inside = root + "/";
  const bool below = !root.empty() && folder.rfind(inside, 0) == 0;
  const std::string name = below ? folder.substr(inside.size()) : folder;
  return name.find('/') == std::string::npos ? name : folder;
}

/// The inverse.
std::string whole_path(const std::string& run, const std::string& root) {
  return run.find('/') != std::string::npos || run.rfind('~', 0) == 0 ? run : root + "/" + run;
}

/// Folder of the run on screen, trained here or opened; "" for another model.
std::string run_on_screen(const Snapshot& snapshot) {
  if (!snapshot.run->run_folder.empty()) return snapshot.run->run_folder;
  for (const RunSummary& run : snapshot.runs->runs)
    if (run.name == snapshot.run->model) return run.folder;
  return "";
}

void add_problem(ViewChange& change, const std::string& text) {
  change.problem += (change.problem.empty() ? "" : "; ") + text;
}

/// True unless the list of runs says that there is none; this is then said.
bool run_exists(const std::string& run, const Snapshot& snapshot, const std::string& root,
                ViewChange& change) {
  const std::string folder = whole_path(run, root);
  const auto& runs = snapshot.runs->runs;
  const bool listed = std::any_of(
      runs.begin(), runs.end(), [&](const RunSummary& one) { return whole_path(one.name, root) == folder; });
  if (listed || folder == run || snapshot.runs->root.empty()) return true;
  add_problem(change, "the run '" + run + "' is not in " + root +
                          "; it was renamed, deleted, or is on another machine");
  return false;
}

/// False if the run of the line is not the one on screen after the commands.
bool open_run(const ViewLine& line, const Snapshot& snapshot, const std::string& root, ViewChange& change) {
  const std::string folder = whole_path(line.open, root);
  if (line.open.empty() || folder == run_on_screen(snapshot) || line.open == snapshot.run->model) return true;
  if (!run_exists(line.open, snapshot, root, change)) return false;
  if (snapshot.run->running) {
    add_problem(change, "the run " + line.open + " is not opened while another one trains; pause it first");
    return false;
  }
  change.commands.push_back(OpenCommand{folder});
  return true;
}

void set_preview(const ViewLine& line, const Snapshot& snapshot, ViewChange& change) {
  const Settings& now = snapshot.settings->values;
  std::map<std::string, std::string> wanted = line.settings;
  if (line.digit) wanted[kDigitSetting] = std::to_string(*line.digit);
  if (!line.page.empty()) {
    for (const std::string& key : view_settings()) wanted.emplace(key, now.preset_text(key));
    wanted.emplace(kDigitSetting, now.preset_text(kDigitSetting));
  }
  for (const auto& [key, value] : wanted)
    if (now.text(key) != value) change.commands.push_back(SetCommand{key, value});
}

void choose_step(const ViewLine& line, const Snapshot& snapshot, ViewChange& change) {
  const int64_t wanted = line.step.value_or(line.page.empty() ? snapshot.marks->chosen : -1);
  if (wanted >= 0 || snapshot.marks->chosen >= 0) change.commands.push_back(ViewStepCommand{wanted});
}

void inspect_digits(const ViewLine& line, const Snapshot& snapshot, ViewChange& change) {
  if (line.page.empty() && line.inspect.empty()) return;
  if (line.inspect != inspect_pairs(inspect_again(*snapshot.reconstruction)))
    change.commands.push_back(inspect_command(line.inspect));
}

void compare_runs(const ViewLine& line, const Snapshot& snapshot, const std::string& root, ViewState& view,
                  ViewChange& change) {
  if (!line.runs && line.page.empty()) return;
  std::vector<std::string> folders;
  for (const std::string& run : line.runs.value_or(std::vector<std::string>()))
    if (run_exists(run, snapshot, root, change)) folders.push_back(whole_path(run, root));
  if (folders.empty() && snapshot.runs->compared.empty()) return;
  change.commands.push_back(compare_folders(view, folders));
}

/// Page, tool and switches.
void turn_to_page(const ViewLine& line, ViewState& view, ViewChange& change) {
  std::string page = line.page;
  if (!line.tool.empty()) {
    const LabToolInfo& tool = lab_tool(line.tool);
    page = tool.page;
    view.set(tool_switch(page), line.tool);
  } else if (is_lab_page(page)) {
    view.set(tool_switch(page), first_tool_of(page));
  }
  if (!page.empty() && !is_page(page)) {
    std::vector<std::string> names;
    for (const PageInfo& known : page_table()) names.emplace_back(known.id);
    return add_problem(
        change, "page '" + page + "' is not a page of this window; the pages are " + joined_names(names));
  }
  if (!page.empty()) view.page = page;
  if (!line.page.empty()) {
    const std::string prefix = switch_prefix(page, is_lab_page(page) ? view.text(tool_switch(page), "") : "");
    for (auto it = view.switches.lower_bound(prefix);
         it != view.switches.end() && it->first.rfind(prefix, 0) == 0;)
      it = view.switches.erase(it);
  }
  for (const auto& [key, value] : line.switches) view.set(key, value);
}

}  // namespace

ViewLine view_on_screen(const Snapshot& snapshot, const ViewState& view) {
  ViewLine line;
  const std::string& root = snapshot.runs->root;
  line.page = view.page;
  if (is_lab_page(view.page)) line.tool = view.text(tool_switch(view.page), first_tool_of(view.page));
  if (!view.playing) line.t = view.t;
  if (snapshot.marks->chosen >= 0) line.step = snapshot.marks->chosen;
  const Settings& now = snapshot.settings->values;
  if (now.text(kDigitSetting) != now.preset_text(kDigitSetting))
    line.digit = static_cast<int>(now.preview.digit);
  line.selected = view.selected;
  line.open = short_name(run_on_screen(snapshot), root);
  if (!snapshot.runs->compared.empty()) {
    line.runs.emplace();
    for (const RunCurves& run : snapshot.runs->compared) line.runs->push_back(short_name(run.folder, root));
  }
  line.inspect = inspect_pairs(inspect_again(*snapshot.reconstruction));
  for (const std::string& key : view_settings())
    if (now.text(key) != now.preset_text(key)) line.settings[key] = now.text(key);
  const std::string prefix = switch_prefix(view.page, line.tool);
  for (const auto& [key, value] : view.switches)
    if (key.rfind(prefix, 0) == 0) line.switches[key] = value;
  return line;
}

ViewChange change_view(const ViewLine& line, const Snapshot& snapshot, const std::string& runs_root,
                       ViewState& view) {
  ViewChange change;
  turn_to_page(line, view, change);
  if (line.t) {
    view.t = static_cast<float>(*line.t);
    view.playing = false;
  }
  if (line.selected) view.selected = static_cast<int>(*line.selected);
  const bool opened = open_run(line, snapshot, runs_root, change);
  set_preview(line, snapshot, change);
  if (opened) choose_step(line, snapshot, change);
  inspect_digits(line, snapshot, change);
  compare_runs(line, snapshot, runs_root, view, change);
  return change;
}

}  // namespace lf::app::panels
