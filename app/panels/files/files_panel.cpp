#include "panels/files/files_panel.h"

#include "panels/files/figure_rows.h"
#include "panels/files/list.h"
#include "panels/files/state.h"
#include "widgets/control/button.h"
#include "widgets/control/scroll.h"
#include "widgets/control/text_field.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// Requests a listing once each time the panel is opened.
void ask_for_listing(const PanelContext& c) {
  if (c.view.text("now.files.asked", "") == "yes") return;
  c.view.set("now.files.asked", std::string("yes"));
  c.send(BrowseCommand{c.snapshot.browse->path});
  if (c.view.text("now.files.named", "") != "yes") set_files_mode(c.view, files_mode(c.view));
}

/// The dialog that other programs of this desktop show, where one is installed.
void draw_system_dialog(const PanelContext& c, Rect line) {
  const std::string state = c.view.text(kSystemDialog, "");
  if (state.empty()) return;
  const ControlInfo info{"files.system", "System dialog…", "Chooses the file in the desktop's own dialog.",
                         "", state == "there" ? "" : "The dialog is open."};
  const float width = chip_width(c.ui, info.label);
  if (line.w < width) return c.ui.map.add_hidden(info.name, info.label, "It is shown in wider windows.");
  const Rect place = line.take_right(width);
  if (chip(c.ui, {place.x, place.y, place.w, chip_height(c.ui)}, info, false, false))
    c.view.set(kSystemDialog, std::string("asked"));
}

void draw_modes(const PanelContext& c, Rect line) {
  const FilesMode mode = files_mode(c.view);
  const std::string no_preview = c.snapshot.flow->digits == 0 ? "There is no preview yet to export." : "";
  const struct {
    ControlInfo info;
    FilesMode mode;
  } chips[] = {
      {{"files.mode.open", "Open", "Load a model, a run, a data set or an image.", "", ""}, FilesMode::Open},
      {{"files.mode.save", "Save model", "Save both networks to one file.", "", ""}, FilesMode::Save},
      {{"files.mode.export", "Export preview", "Save the flow as images or numbers.", "", no_preview},
       FilesMode::Export},
      {{"files.mode.import", "Import run", "Copy a run folder from another machine to your runs.", "", ""},
       FilesMode::Import},
      {{"files.mode.share", "Share run", "Write the current run as one page for a browser.", "", ""},
       FilesMode::Share},
      {{"files.mode.figure", "Save figure", "Save a plot, map, grid, strip or lab tool for print.", "", ""},
       FilesMode::Figure}};
  for (const auto& entry : chips) {
    Rect place = line.take_left(chip_width(c.ui, entry.info.label), c.px(6));
    place = {place.x, place.y, place.w, chip_height(c.ui)};
    if (!chip(c.ui, place, entry.info, mode == entry.mode)) continue;
    if (entry.mode == FilesMode::Figure)
      open_figure_panel(c.view, "");
    else
      set_files_mode(c.view, entry.mode);
  }
  draw_system_dialog(c, line);
}

std::string hint_text(FilesMode mode) {
  if (mode == FilesMode::Save)
    return "A .safetensors file with both networks and their settings; later versions can read it.";
  if (mode == FilesMode::Export)
    return ".gif, .webp or .mp4 shows noise becoming digits, .png the grid of digits, .npy their pixels.";
  if (mode == FilesMode::Figure)
    return "A figure of what is on screen, for a paper or a slide. A right click on a plot, map, grid, strip "
           "or lab "
           "tool proposes its own.";
  if (mode == FilesMode::Share)
    return "An .html file that opens in any browser, without a network connection: curves, quality figures, "
           "samples over the training, and the network itself, which generates digits in the page.";
  if (mode == FilesMode::Import)
    return "The folder of a run, from another machine or disk. It is checked first: weights and records must "
           "be whole. Then it is copied and listed as your newest run.";
  return "A model (.safetensors), a run folder, a data set or an image of a digit (PNG, JPEG, BMP, GIF). For "
         "a data set, select its folder or one of its four IDX files. You can also drop a file onto the "
         "window.";
}

const char* main_button_word(FilesMode mode) {
  if (mode == FilesMode::Open) return "Open";
  if (mode == FilesMode::Import) return "Import";
  if (mode == FilesMode::Share) return "Share";
  return mode == FilesMode::Save || mode == FilesMode::Figure ? "Save" : "Export";
}

/// The path field and the main button; true when it was pressed.
bool draw_path(const PanelContext& c, Rect line) {
  const FilesMode mode = files_mode(c.view);
  const std::string problem = path_problem(c.view);
  const bool writes = writes_file(mode);
  const bool replaces =
      writes && problem.empty() && replaces_file(chosen_path(c.view, *c.snapshot.browse), *c.snapshot.browse);
  const char* word = replaces ? "Replace" : main_button_word(mode);
  const ButtonLook look{replaces ? ButtonKind::Danger : ButtonKind::Primary, Icon::None, "Enter"};
  const Rect place = line.take_right(button_width(c.ui, word, look), c.px(8));
  const std::string tip = replaces ? "A file with this name exists; it will be replaced." : hint_text(mode);
  const bool pressed = button(c.ui, place, {"files.confirm", word, tip, "", problem}, look).clicked;
  std::string text = c.view.text("now.files.path", "");
  const bool focus = c.view.text("now.files.focused", "") != "yes";
  c.view.set("now.files.focused", std::string("yes"));
  const TextFieldResult typed =
      text_field(c.ui, line,
                 {"files.path", "Path",
                  "File to read or write. A name without a folder refers to the folder below.", text, ""},
                 text, "path", focus);
  if (typed.changed) c.view.set("now.files.path", text);
  return pressed || (typed.entered && path_problem(c.view).empty());  // of the text as it is now
}

void confirm(const PanelContext& c) { choose_file(c, chosen_path(c.view, *c.snapshot.browse)); }

bool draw_inside(const PanelContext& c) {
  Rect area = c.area;
  draw_modes(c, area.take_top(chip_height(c.ui), c.px(10)));
  if (const float rows = figure_rows_height(c); rows > 0) draw_figure_rows(c.within(area.take_top(rows)));
  bool go = draw_path(c, area.take_top(c.px(34), c.px(10)));
  const std::string hint = hint_text(files_mode(c.view));
  const Rect words = area.take_bottom(paragraph_height(c.ui, area.w, Type::Small, hint) + 2, c.px(8));
  draw_paragraph(c.ui, words, Type::Small, c.theme().text2, hint);
  const Rect recent = area.take_left(c.px(area.w > c.px(520) ? 200 : 120), c.px(16));
  draw()->AddLine({recent.right() + c.px(8), area.y}, {recent.right() + c.px(8), area.bottom()},
                  c.theme().border);
  if (draw_recent(c.within(recent))) go = true;
  if (draw_folder(c.within(area))) go = true;
  return go && path_problem(c.view).empty();
}

}  // namespace

void choose_file(const PanelContext& c, const std::string& path) {
  if (files_mode(c.view) == FilesMode::Figure)
    c.send(figure_command(c.view, path));
  else
    c.send(files_command(files_mode(c.view), path, c.view.text("now.files.run", "")));
  remember_recent(c.view, path);
  close_files_panel(c.view);
}

void draw_files_panel(const PanelContext& c) {
  ask_for_listing(c);
  bool go = false;
  const bool dismissed = sheet(c.ui, "files", "Files", {760, 540},
                               [&](const Rect& inside) { go = draw_inside(c.within(inside)); });
  if (go) confirm(c);
  if (dismissed) close_files_panel(c.view);
}

}  // namespace lf::app::panels
