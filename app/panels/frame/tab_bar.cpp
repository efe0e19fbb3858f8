#include "panels/frame/tab_bar.h"

#include "panels/frame/pages.h"
#include "panels/frame/pipeline.h"
#include "panels/frame/view_clipboard.h"
#include "widgets/control/button.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr float kWideWindow = 1640;  // effective pixels above which settings are open unless folded away

void draw_tab(const PanelContext& c, const Rect& place, const PageInfo& page, int number) {
  const bool current = c.view.page == page.id;
  const Theme& t = c.theme();
  const Response r = control(
      c.ui, place,
      {std::string("page.") + page.id, page.label,
       std::string(page.tooltip) + " Key " + std::to_string(number) + ".", current ? "current" : "", ""});
  if (r.clicked) c.view.page = page.id;
  const Color words = current ? t.text : r.hovered ? mix(t.text2, t.text, 0.6f) : t.text2;
  draw_text(c.ui, place, current ? Type::Title : Type::Body, words, page.label, Align::Center);
  if (current) {
    draw()->AddRectFilled({place.x, place.bottom() - c.px(2)}, {place.right(), place.bottom()}, t.accent,
                          c.px(1));
  }
}

/// The buttons for files and help, after the settings' handle.
void draw_file_and_help(const PanelContext& c, Rect& bar) {
  const float side = c.px(30), top = bar.center().y - c.px(14);
  const Rect files{bar.take_left(side, c.px(2)).x, top, side, c.px(28)};
  if (icon_button(c.ui, files, Icon::Folder,
                  {"files", "Open or save",
                   "Opens models, runs, data sets and images, and saves models. Ctrl+O, or drop a file onto "
                   "the window.",
                   "", ""},
                  c.view.files)) {
    c.view.files = true;
    c.view.saving_as = false;
  }
  const Rect help{bar.take_left(side, c.px(8)).x, top, side, c.px(28)};
  if (icon_button(c.ui, help, Icon::Help, {"help", "Help", "Introduction and keys. F1.", "", ""},
                  c.view.help))
    c.view.help = true;
}

}  // namespace

bool settings_open(const PanelContext& c, float window_width) {
  if (c.view.settings >= 0) return c.view.settings == 1;
  return window_width / c.ui.scale >= kWideWindow;
}

void draw_tab_bar(const PanelContext& c) {
  const Theme& t = c.theme();
  draw()->AddRectFilled(c.area.min(), c.area.max(), t.bar);
  draw()->AddLine({c.area.x, c.area.bottom() - 1}, {c.area.right(), c.area.bottom() - 1}, t.border);
  Rect bar = c.area.inset(c.px(12), 0);
  const bool open = settings_open(c, c.area.w);
  Rect handle = bar.take_left(c.px(30), c.px(2));
  handle = {handle.x, handle.center().y - c.px(14), c.px(30), c.px(28)};
  if (icon_button(c.ui, handle, Icon::Settings,
                  {"settings", "Settings", "Shows or hides the settings.", open ? "open" : "folded", ""},
                  open)) {
    c.view.settings = open ? 0 : 1;
  }
  draw_file_and_help(c, bar);
  int number = 1;
  for (const PageInfo& page : page_table()) {
    const float width = text_size(c.ui, Type::Title, page.label).x + c.px(26);
    draw_tab(c, bar.take_left(width), page, number++);
  }
  bar.take_left(c.px(16));
  draw_pipeline(c.within(draw_copy_view(c.within(bar))));
}

}  // namespace lf::app::panels
