// Tooltips appear when the mouse rests, and never cover what a click has opened.
#include <gtest/gtest.h>

#include "headless_ui.h"
#include "widgets/control/combo.h"

namespace lf::app {
namespace {

class Tooltips : public ::testing::Test {
 protected:
  /// Some seconds with the mouse at one place.
  void rest(ImVec2 mouse, int frames = 12) {
    ImGui::GetIO().MousePos = mouse;
    for (int i = 0; i < frames; ++i) {
      window.frame(snapshot, [this](const panels::PanelContext& c) {
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize({600, 400});
        ImGui::Begin("window", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
        widgets::combo(c.ui, {20, 20, 120, 30}, {"choice", "Choice", "Which one it is.", "", ""}, rows, 0);
        ImGui::End();
      });
    }
  }
  void press(bool down) { ImGui::GetIO().MouseDown[0] = down; }
  bool shown() const { return !window.ui.tooltip_rect.empty(); }

  HeadlessUi window{600, 400};
  Snapshot snapshot;
  std::vector<widgets::MenuRow> rows{{"a", "first", "the one above", ""},
                                     {"b", "second", "the one below", ""}};
};

TEST_F(Tooltips, GoWhenTheirControlIsPressedUntilTheMouseHasLeft) {
  rest({60, 35});
  EXPECT_TRUE(shown());
  press(true), rest({60, 35}, 1);
  press(false), rest({60, 35});
  ASSERT_NE(window.ui.map.find("choice.b"), nullptr) << "the list is open";
  EXPECT_FALSE(shown()) << "it would cover the list";
  press(true), rest({500, 300}, 1);
  press(false), rest({500, 300}, 2);
  EXPECT_EQ(window.ui.map.find("choice.b"), nullptr);
  rest({60, 35});
  EXPECT_TRUE(shown());
}

TEST_F(Tooltips, OfRowsStandBesideTheirList) {
  rest({60, 35}, 1);
  press(true), rest({60, 35}, 1);
  press(false), rest({60, 35}, 2);
  const widgets::UiItem* row = window.ui.map.find("choice.a");
  ASSERT_NE(row, nullptr);
  const widgets::Rect first = row->rect;
  rest(first.center());
  ASSERT_TRUE(shown());
  EXPECT_TRUE(window.ui.tooltip_rect.clipped(first).empty());
  EXPECT_GE(window.ui.tooltip_rect.x, first.right());
}

}  // namespace
}  // namespace lf::app
