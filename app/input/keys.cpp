#include "app/input/keys.h"

#include <GLFW/glfw3.h>

#include <algorithm>

#include "panels/actions.h"
#include "panels/files/files_panel.h"
#include "panels/frame/marks.h"
#include "panels/frame/pages.h"
#include "panels/frame/view_clipboard.h"
#include "panels/help/tour.h"
#include "panels/preview_time.h"

namespace lf::app {
namespace {

void change_font(panels::ViewState& view, float factor) {
  view.font_scale = std::clamp(view.font_scale * factor, 0.6f, 3.0f);
}

void close_overlays(panels::ViewState& view) {
  view.help = view.files = view.saving_as = view.about = false;
  panels::end_tour(view);
}

void save(const panels::PanelContext& c) {
  if (!c.snapshot.run->run_folder.empty()) return c.send(SaveCommand{});
  c.view.files = c.view.saving_as = true;
}

void paste_view(const panels::PanelContext& c) {
  const char* text = ImGui::GetClipboardText();
  panels::show_views(c, text == nullptr ? "" : text, "the clipboard");
}

/// Ctrl with a letter; returns true for Ctrl+Q.
bool obey_control(const panels::PanelContext& c, int key) {
  const bool typing = ImGui::GetIO().WantTextInput;  // a text field has a clipboard of its own
  if (key == GLFW_KEY_C && !typing) panels::copy_view(c);
  if (key == GLFW_KEY_V && !typing) paste_view(c);
  if (key == GLFW_KEY_Q) return true;
  if (key == GLFW_KEY_S) save(c);
  if (key == GLFW_KEY_E && !c.snapshot.flow->t.empty())
    c.send(ExportCommand{panels::export_path(*c.snapshot.run)});
  if (key == GLFW_KEY_O) c.view.files = true, c.view.saving_as = false;
  return false;
}

/// Keys that no text field uses.
bool acts_while_typing(int key) {
  return key == GLFW_KEY_ESCAPE || key == GLFW_KEY_F1 || key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER;
}

/// The page of a digit key; 0 is the tenth.
void open_page(panels::ViewState& view, int digit) {
  const int page = digit == 0 ? 9 : digit - 1;
  if (page < static_cast<int>(panels::page_table().size()))
    view.page = panels::page_table()[static_cast<size_t>(page)].id;
}

/// True if the character itself is a shortcut. On some layouts the digit keys write digits only
/// with Shift.
bool has_meaning(char symbol) {
  return (symbol >= '0' && symbol <= '9') || symbol == '+' || symbol == '-' || symbol == '=';
}

/// Keys that repeat while held; true when it was one.
bool obey_repeating(const panels::PanelContext& c, int key, bool shift) {
  const bool across = key == GLFW_KEY_LEFT || key == GLFW_KEY_RIGHT;
  if (across && shift) {
    if (panels::marks_known(c)) panels::step_mark(c, key == GLFW_KEY_LEFT ? -1 : 1);
  } else if (across) {
    panels::step_t(*c.snapshot.flow, c.view, key == GLFW_KEY_LEFT ? -1 : 1);
  } else if (key == GLFW_KEY_S) {
    if (panels::step_disabled(*c.snapshot.run).empty()) c.send(StepCommand{});
  } else {
    return false;
  }
  return true;
}

void obey_plain(const panels::PanelContext& c, const KeyPress& press) {
  if (obey_repeating(c, press.key, press.shift) || press.repeat) return;
  switch (press.key) {
    case GLFW_KEY_SPACE:
      return panels::press_train(c);
    case GLFW_KEY_R:
      if (panels::reset_disabled(*c.snapshot.run).empty()) c.send(ResetCommand{});
      return;
    case GLFW_KEY_P:
      c.view.playing = !c.view.playing;
      return;
    case GLFW_KEY_T:
      c.view.theme = widgets::next_theme(c.view.theme).name;
      return;
    case GLFW_KEY_END:
      if (panels::marks_known(c)) c.send(ViewStepCommand{});
      return;
    case GLFW_KEY_F1:
      c.view.help = !c.view.help;
      return;
    case GLFW_KEY_ESCAPE:
      return close_overlays(c.view);
    default:
      break;
  }
  if (press.key >= GLFW_KEY_0 && press.key <= GLFW_KEY_9 && !has_meaning(press.symbol))
    open_page(c.view, press.key - GLFW_KEY_0);
}

void obey_character(panels::ViewState& view, unsigned code) {
  if (code >= '0' && code <= '9') open_page(view, static_cast<int>(code) - '0');
  if (code == '+' || code == '=') change_font(view, 1.1f);
  if (code == '-') change_font(view, 1 / 1.1f);
}

}  // namespace

bool obey_keys(const panels::PanelContext& c, const Input& input) {
  const bool typing = ImGui::GetIO().WantTextInput;
  for (const KeyPress& press : input.keys) {
    if (press.other) continue;
    if (press.control) {
      if (obey_control(c, press.key)) return true;
    } else if (!typing || acts_while_typing(press.key)) {
      obey_plain(c, press);
    }
  }
  for (unsigned code : input.characters) {
    if (!typing) obey_character(c.view, code);
  }
  return false;
}

}  // namespace lf::app
