#include "panels/files/list.h"

#include <cstdlib>
#include <string>

#include "panels/files/state.h"
#include "widgets/control/button.h"
#include "widgets/control/card.h"
#include "widgets/control/scroll.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr float kRow = 28;

bool on_screen(const Rect& row) {
  const ImVec2 low = draw()->GetClipRectMin(), high = draw()->GetClipRectMax();
  return row.bottom() >= low.y && row.y <= high.y;
}

void paint_row(const PanelContext& c, const Rect& row, const Response& response, bool selected) {
  if (selected) draw()->AddRectFilled(row.min(), row.max(), fade(c.theme().accent, 0.22f), c.px(6));
  if (!selected && response.hovered) draw()->AddRectFilled(row.min(), row.max(), c.theme().raised, c.px(6));
}

Color icon_colour(const PanelContext& c, const std::string& kind) {
  if (kind == "model" || kind == "run") return c.theme().flow;
  if (kind == "data") return c.theme().data;
  return c.theme().text2;
}

void enter(const PanelContext& c, const std::string& folder) {
  c.view.set("now.files.entered", std::to_string(c.ui.time));
  c.send(BrowseCommand{folder});
}

/// The second click of a double click on a folder must not hit the new list in its place.
bool just_entered(const PanelContext& c) {
  return c.ui.time - std::strtod(c.view.text("now.files.entered", "-1").c_str(), nullptr) < 0.35;
}

/// One entry of the folder; true on a double click on something that can be opened.
bool draw_entry(const PanelContext& c, const Rect& row, const FileEntry& entry, size_t number) {
  const std::string path = join_path(c.snapshot.browse->path, entry.name);
  const std::string problem = entry_problem(entry, files_mode(c.view));
  const bool selected = c.view.text("now.files.path", "") == path;
  const std::string tip =
      entry.folder ? "Click to enter the folder." : "Click to select, double-click to open.";
  const Response response = control(
      c.ui, row,
      {"files.entry." + std::to_string(number), entry.name,
       entry.folder && !entry.kind.empty() ? "Click to select, double-click to enter the folder." : tip,
       entry.kind, problem});
  paint_row(c, row, response, selected);
  Rect inner = row.inset(c.px(8), 0);
  const Rect sign = inner.take_left(c.px(18), c.px(8));
  draw_icon(entry.folder ? Icon::Folder : Icon::File, sign.center(), c.px(13), icon_colour(c, entry.kind));
  draw_text(c.ui, inner.take_right(c.px(64), c.px(8)), Type::MonoSmall, c.theme().text2, size_text(entry),
            Align::Right);
  draw_text(c.ui, inner.take_right(c.px(56), c.px(8)), Type::Small, c.theme().text2, entry.kind);
  draw_text(c.ui, inner, Type::Body, problem.empty() ? c.theme().text : c.theme().faint, entry.name);
  const bool plain_folder = entry.folder && entry.kind.empty();
  if (just_entered(c)) return false;
  if (plain_folder ? response.clicked : entry.folder && response.double_clicked) {
    enter(c, path);
  } else if (response.clicked) {
    c.view.set("now.files.path", path);
  }
  return response.double_clicked && !entry.folder;
}

void draw_place(const PanelContext& c, Rect line) {
  const BrowseBlock& browse = *c.snapshot.browse;
  const ControlInfo up{"files.up", "Parent folder", "Lists the folder that contains this one.", browse.parent,
                       browse.parent.empty() ? "This is the top folder." : ""};
  const Rect place = line.take_left(c.px(28), c.px(8));
  const Response response = control(c.ui, place, up);
  paint_row(c, place, response, false);
  draw_text(c.ui, place, Type::Title, browse.parent.empty() ? c.theme().faint : c.theme().text, "↑",
            Align::Center);
  if (response) enter(c, browse.parent);
  readout(c.ui, line, {"files.folder", "Folder", browse.path, browse.path, ""});
  draw_text(c.ui, line, Type::Small, c.theme().text2, browse.path.empty() ? "reading …" : browse.path);
}

}  // namespace

bool draw_folder(const PanelContext& c) {
  Rect area = c.area;
  draw_place(c, area.take_top(c.px(28), c.px(4)));
  const BrowseBlock& browse = *c.snapshot.browse;
  if (!browse.error.empty() || browse.entries.empty()) {
    const bool reading = browse.path.empty() && browse.error.empty();
    empty_state(c.ui, area,
                !browse.error.empty() ? "This folder cannot be listed"
                : reading             ? "Reading the folder …"
                                      : "Empty folder",
                !browse.error.empty() ? browse.error
                                      : "Files appear here; the arrow above goes to the parent folder.");
    return false;
  }
  bool open = false;
  scroll_area(c.ui, area, "files.list", [&](const Rect& room) {
    for (size_t i = 0; i < browse.entries.size(); ++i) {
      const Rect row{room.x, room.y + static_cast<float>(i) * c.px(kRow), room.w, c.px(kRow)};
      if (on_screen(row) && draw_entry(c, row, browse.entries[i], i)) open = true;
    }
    return static_cast<float>(browse.entries.size()) * c.px(kRow);
  });
  return open;
}

bool draw_recent(const PanelContext& c) {
  Rect area = c.area;
  draw_text(c.ui, area.take_top(c.px(28), c.px(4)), Type::Title, c.theme().text2, "Recent");
  if (c.view.recent.empty()) {
    const Rect words = area.take_top(c.px(60));
    draw_paragraph(c.ui, words, Type::Small, c.theme().faint, "Files that you open or save are listed here.");
    return false;
  }
  bool open = false;
  scroll_area(c.ui, area, "files.recent", [&](const Rect& room) {
    for (size_t i = 0; i < c.view.recent.size(); ++i) {
      const std::string& path = c.view.recent[i];
      const Rect row{room.x, room.y + static_cast<float>(i) * c.px(kRow), room.w, c.px(kRow)};
      const Response response =
          control(c.ui, row, {"files.recent." + std::to_string(i), base_name(path), path, path, ""});
      paint_row(c, row, response, c.view.text("now.files.path", "") == path);
      draw_text(c.ui, row.inset(c.px(8), 0), Type::Body, c.theme().text, base_name(path));
      if (response.clicked) c.view.set("now.files.path", path);
      if (response.double_clicked) open = true;
    }
    return static_cast<float>(c.view.recent.size()) * c.px(kRow);
  });
  return open;
}

}  // namespace lf::app::panels
