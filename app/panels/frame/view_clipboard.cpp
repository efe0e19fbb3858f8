#include "panels/frame/view_clipboard.h"

#include <vector>

#include "base/errors.h"
#include "panels/frame/view_line.h"
#include "protocol/script.h"
#include "widgets/control/button.h"

namespace lf::app::panels {
namespace {

constexpr float kLeastRest = 480;  ///< room beside the chip, effective pixels: the diagram of the model

bool has_ending(const std::string& text, const std::string& ending) {
  return text.size() > ending.size() && text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

}  // namespace

std::vector<ViewLine> views_of(const std::string& text, const std::string& name) {
  std::vector<ViewLine> views;
  for (const ScriptLine& line : parse_script(text, name)) {
    const auto* action = std::get_if<ViewAction>(&line.action);
    if (action == nullptr || action->verb != "view" || !is_view_line(action->arguments))
      throw InputError(
          name + ":" + std::to_string(line.number) +
          ": only lines such as 'view page=explore t=0.5' are shown here; run other scripts with "
          "--script");
    views.push_back(parse_view_line(action->arguments));
  }
  if (views.empty()) throw InputError(name + ": there is no line that begins with 'view'");
  return views;
}

void notify(ViewState& view, const std::string& text, bool warns, double now) {
  view.notice = text;
  view.notice_warns = warns;
  view.notice_at = now;
}

void copy_view(const PanelContext& c) {
  const std::string line = format_view_line(view_on_screen(c.snapshot, c.view));
  ImGui::SetClipboardText(line.c_str());
  notify(c.view,
         "This view is on the clipboard as one line. Ctrl+V in a window shows it again, and so does a file "
         "with the line: drop it, or name it with --script.",
         false, c.ui.time);
}

void show_views(const PanelContext& c, const std::string& text, const std::string& name) {
  try {
    std::string problems;
    for (const ViewLine& line : views_of(text, name)) {
      const ViewChange change = change_view(line, c.snapshot, c.snapshot.runs->root, c.view);
      for (const Command& command : change.commands) c.send(command);
      if (!change.problem.empty()) problems += (problems.empty() ? "" : "; ") + change.problem;
    }
    if (!problems.empty()) notify(c.view, name + ": " + problems, true, c.ui.time);
  } catch (const InputError& wrong) {
    notify(c.view, wrong.what(), true, c.ui.time);
  }
}

bool is_view_file(const std::string& path) { return has_ending(path, ".view") || has_ending(path, ".lf"); }

Rect draw_copy_view(const PanelContext& c) {
  const ControlInfo info{
      "copy-view", "copy view",
      "Copies this view as one line: page, tool, t, training step, digit and selection. Ctrl+C, "
      "and Ctrl+V shows a copied view.",
      "", ""};
  Rect rest = c.area;
  const float width = chip_width(c.ui, info.label);
  if (rest.w < width + c.px(kLeastRest)) {
    c.ui.map.add_hidden(info.name, info.label, "Press Ctrl+C; it is shown in wider windows.");
    return rest;
  }
  const Rect cut = rest.take_right(width, c.px(12));
  const Rect place{cut.x, cut.center().y - 0.5f * chip_height(c.ui), cut.w, chip_height(c.ui)};
  if (chip(c.ui, place, info, false, false)) copy_view(c);
  return rest;
}

}  // namespace lf::app::panels
