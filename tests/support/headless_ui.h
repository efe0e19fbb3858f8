// ImGui without a window: draws panels and reports the positions of their controls.
#pragma once

#include <imgui.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "panels/frame/window_frame.h"

namespace lf {

/// The faces of one scale. They take longer to make than most pages to draw, so all windows of a test program
/// share them.
struct SharedFaces {
  ImFontAtlas atlas;
  app::widgets::Fonts fonts;
};
inline SharedFaces& shared_faces(float scale) {
  static std::map<float, SharedFaces> faces;
  return faces[scale];
}

/// One ImGui context with fonts but no backend, and the context of a panel.
class HeadlessUi {
 public:
  HeadlessUi(float width, float height, float scale = 1, const std::string& theme = "dark") {
    SharedFaces& faces = shared_faces(scale);
    ImGui::CreateContext(&faces.atlas);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {width, height};
    io.MousePos = {-1000, -1000};
    view.theme = theme;
    view.playing = false;
    if (!faces.atlas.IsBuilt()) faces.fonts = app::widgets::load_fonts(scale);
    ui.fonts = faces.fonts;
    ui.scale = scale;
    ui.theme = &app::widgets::find_theme(theme);
    app::widgets::apply_to_imgui(*ui.theme, scale);
    send = [this](Command command) { sent.push_back(format_command(command)); };
  }
  ~HeadlessUi() { ImGui::DestroyContext(); }
  HeadlessUi(const HeadlessUi&) = delete;
  HeadlessUi& operator=(const HeadlessUi&) = delete;

  /// Draws one frame with `draw_panel` on the whole window.
  void frame(const Snapshot& snapshot,
             const std::function<void(const app::panels::PanelContext&)>& draw_panel) {
    ImGuiIO& io = ImGui::GetIO();
    io.DeltaTime = 0.1f;
    time_ += 0.1;
    app::widgets::begin_ui_frame(ui, time_, 0.1f);
    ImGui::NewFrame();
    cache.update(snapshot);  // for panels that are drawn alone
    draw_panel({snapshot, view, ui, cache, send, {0, 0, io.DisplaySize.x, io.DisplaySize.y}});
    ImGui::Render();
    vertices = ImGui::GetDrawData()->TotalVtxCount;
  }
  /// The whole window, a few times.
  void frames(const Snapshot& snapshot, int count = 3) {
    for (int i = 0; i < count; ++i) frame(snapshot, app::panels::draw_window_frame);
  }
  /// Presses and releases the mouse in the middle of a registered control.
  void click(const Snapshot& snapshot, const std::string& name) {
    const app::widgets::UiItem* item = ui.map.find(name);
    if (item == nullptr) return;
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = item->rect.center();
    frames(snapshot, 1);
    io.MouseDown[0] = true;
    frames(snapshot, 1);
    io.MouseDown[0] = false;
    frames(snapshot, 1);
    io.MousePos = {-1000, -1000};
  }

  /// Presses and releases Enter; what has the keyboard takes it.
  void press_enter(const Snapshot& snapshot) {
    constexpr int kKey = 13;
    ImGuiIO& io = ImGui::GetIO();
    io.KeyMap[ImGuiKey_Enter] = kKey;
    io.KeysDown[kKey] = true;
    frames(snapshot, 1);
    io.KeysDown[kKey] = false;
    frames(snapshot, 2);
  }

  app::panels::ViewState view;
  app::widgets::Ui ui;
  app::panels::PanelCache cache;
  std::function<void(Command)> send;
  std::vector<std::string> sent;  ///< commands, as lines of the log
  int vertices = 0;

 private:
  double time_ = 0;
};

}  // namespace lf
