#include "panels/frame/view_clipboard.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"

namespace lf::app::panels {
namespace {

class ViewClipboard : public ::testing::Test {
 protected:
  void show(const std::string& text) {
    window.frame(snapshot, [&](const PanelContext& c) { show_views(c, text, "the file"); });
  }
  HeadlessUi window{1440, 900};
  Snapshot snapshot = fake_snapshot("done");
};

TEST_F(ViewClipboard, AChipCopiesTheViewAndSaysSoForSomeSeconds) {
  window.view.page = "log";
  window.frames(snapshot);
  window.click(snapshot, "copy-view");
  EXPECT_EQ(std::string(ImGui::GetClipboardText()).rfind("view page=log", 0), 0u);
  EXPECT_NE(window.ui.map.find("view_notice"), nullptr);
  window.frames(snapshot, 70);  // of a tenth of a second each
  EXPECT_EQ(window.ui.map.find("view_notice"), nullptr);
}

TEST_F(ViewClipboard, NarrowWindowsHaveItInTheMenu) {
  ImGui::GetIO().DisplaySize = {900, 700};
  window.frames(snapshot);
  EXPECT_FALSE(window.ui.map.find("copy-view")->visible);
  window.click(snapshot, "more");
  window.frames(snapshot, 1);
  window.click(snapshot, "more.copy-view");
  EXPECT_EQ(std::string(ImGui::GetClipboardText()).rfind("view page=explore", 0), 0u);
}

TEST_F(ViewClipboard, SeveralLinesAndCommentsAreAView) {
  show("# my view\nview page=quality\nview t=0.5 digit=3\n");
  EXPECT_EQ(window.view.page, "quality");
  EXPECT_FLOAT_EQ(window.view.t, 0.5f);
  ASSERT_EQ(window.sent.size(), 1u);
  EXPECT_EQ(window.sent[0], "set preview.digit 3");
  EXPECT_EQ(window.view.notice, "");
}

TEST_F(ViewClipboard, AnythingElseIsRefusedAndChangesNothing) {
  for (const char* text : {"view page=log\ndelete-run x", "hello", "", "view page=log t=7", "page log"}) {
    window.view.notice.clear();
    show(text);
    EXPECT_EQ(window.view.page, "explore") << text;
    EXPECT_TRUE(window.sent.empty()) << text;
    EXPECT_TRUE(window.view.notice_warns) << text;
    EXPECT_EQ(window.view.notice.rfind("the file:", 0), 0u) << window.view.notice;
  }
  window.frames(snapshot, 70);
  EXPECT_NE(window.ui.map.find("view_notice"), nullptr) << "a warning stays until it is dismissed";
}

TEST_F(ViewClipboard, FilesOfViewsAreKnownByTheirEnding) {
  EXPECT_TRUE(is_view_file("a/b.view"));
  EXPECT_TRUE(is_view_file("b.lf"));
  EXPECT_FALSE(is_view_file("b.safetensors"));
  EXPECT_FALSE(is_view_file(".view"));
}

}  // namespace
}  // namespace lf::app::panels
