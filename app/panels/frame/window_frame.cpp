#include "panels/frame/window_frame.h"

#include "panels/files/figure_rows.h"
#include "panels/frame/marks.h"
#include "panels/frame/overlays.h"
#include "panels/frame/pages.h"
#include "panels/frame/playback.h"
#include "panels/frame/tab_bar.h"
#include "panels/frame/top_bar.h"
#include "panels/lab/lab_page.h"
#include "panels/training/settings_panel.h"

namespace lf::app::panels {
namespace {

void draw_middle(const PanelContext& c) {
  Rect room = c.area;
  if (settings_open(c, c.area.w)) {
    draw_settings_panel(c.within(room.take_left(c.px(kSettingsWidth))));
  } else {
    hide_settings(c);
  }
  room = room.inset(c.px(12));
  const float used = draw_messages(c.within(room));
  room.take_top(used);
  find_page(c.view.page).draw(c.within(room));
}

}  // namespace

void draw_window_frame(const PanelContext& c) {
  ImGui::SetNextWindowPos(c.area.min());
  ImGui::SetNextWindowSize({c.area.w, c.area.h});
  const auto flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                     ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoBackground;
  if (ImGui::Begin("window", nullptr, flags)) {
    Rect rest = c.area;
    draw_top_bar(c.within(rest.take_top(c.px(kTopBarHeight))));
    draw_tab_bar(c.within(rest.take_top(c.px(kTabBarHeight))));
    draw_playback(c.within(rest.take_bottom(c.px(kTransportHeight))));
    if (marks_known(c)) draw_marks(c.within(rest.take_bottom(c.px(kMarksHeight))));
    // What the track chose in this frame is in this frame.
    const Snapshot shown = looking_back(c.snapshot, c.view);
    c.cache.update(shown);
    draw_middle({shown, c.view, c.ui, c.cache, c.send, rest});
  }
  ImGui::End();
  keep_lab_in_step(c);
  follow_right_click(c);
  draw_overlays(c);
}

}  // namespace lf::app::panels
