// Buttons at every font size.
#include "widgets/control/button.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"

namespace lf::app::widgets {
namespace {

/// True if the last frame drew the … of a cut text in this face.
bool drew_ellipsis(const Face& face) {
  const ImFontGlyph* glyph = face.font->FindGlyph(0x2026);
  const ImDrawData* data = ImGui::GetDrawData();
  for (int list = 0; list < data->CmdListsCount; ++list) {
    for (const ImDrawVert& vertex : data->CmdLists[list]->VtxBuffer)
      if (vertex.uv.x == glyph->U0 && vertex.uv.y == glyph->V0) return true;
  }
  return false;
}

/// Draws a button that is wider than its label needs by `more`.
bool cut_in(HeadlessUi& window, const std::string& label, const ButtonLook& look, float more) {
  const Type type = look.kind == ButtonKind::Primary ? Type::Title : Type::Body;
  window.frame(fake_snapshot("flow"), [&](const panels::PanelContext& c) {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({800, 200});
    ImGui::Begin("test", nullptr, ImGuiWindowFlags_NoDecoration);
    button(c.ui, {40, 40, button_width(c.ui, label, look) + more, c.px(34)}, {"b", label, "", "", ""}, look);
    ImGui::End();
  });
  return drew_ellipsis(window.ui.fonts[type]);
}

TEST(Button, ItsWholeLabelFitsIntoItsOwnWidth) {
  const ButtonLook looks[] = {{ButtonKind::Primary, Icon::Play, "Space"},
                              {ButtonKind::Plain, Icon::Reset, "R"},
                              {ButtonKind::Plain, Icon::None, ""}};
  for (const float scale : {1.0f, 1.6105f}) {  // five times the key +
    HeadlessUi window{1440, 900, scale};
    for (const char* label : {"Train", "Train longer", "Reset", "New run"}) {
      for (const ButtonLook& look : looks) {
        EXPECT_FALSE(cut_in(window, label, look, 0)) << label << " at " << scale;
        EXPECT_FALSE(cut_in(window, label, look, 60)) << label << " at " << scale;
      }
    }
    EXPECT_TRUE(cut_in(window, "Train longer", looks[0], -40)) << "the test sees a cut label";
  }
}

}  // namespace
}  // namespace lf::app::widgets
