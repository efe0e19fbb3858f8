// Everything above the pages, and the pages' own controls: drawn in every state, and clicked.
#include "panels/frame/overlays.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"
#include "panels/files/files_panel.h"
#include "panels/help/tour.h"

namespace lf::app::panels {
namespace {

using Open = void (*)(ViewState&);

struct Overlay {
  const char* name;  ///< an item it shows
  Open open;
};

const Overlay kOverlays[] = {
    {"files.path", [](ViewState& view) { open_files_panel(view, FilesMode::Open); }},
    {"files.confirm", [](ViewState& view) { open_files_panel(view, FilesMode::Save); }},
    {"files.mode.export", [](ViewState& view) { open_files_panel(view, FilesMode::Export); }},
    {"files.mode.share", [](ViewState& view) { open_share_panel(view, "/runs/a"); }},
    {"files.mode.import", [](ViewState& view) { open_files_panel(view, FilesMode::Import); }},
    {"help.tour", [](ViewState& view) { view.help = true; }},
    {"about.version", [](ViewState& view) { view.about = true; }},
    {"welcome.action", offer_tour},
    {"tour.next", [](ViewState& view) { start_tour(view); }},
};

TEST(Overlays, AreDrawnInEveryState) {
  for (const std::string& state : fake_states()) {
    const Snapshot snapshot = fake_snapshot(state);
    for (const Overlay& overlay : kOverlays) {
      for (const float scale : {1.0f, 1.5f}) {
        HeadlessUi window(960, 600, scale, "light");
        overlay.open(window.view);
        window.frames(snapshot);
        SCOPED_TRACE(state + " " + overlay.name);
        const UiItem* item = window.ui.map.find(overlay.name);
        ASSERT_NE(item, nullptr);
        EXPECT_TRUE(item->visible);
      }
    }
  }
}

TEST(Overlays, EveryStepOfTheTourPointsAtSomething) {
  for (int step = 0; step < tour_length(); ++step) {
    HeadlessUi window(1440, 900);
    start_tour(window.view);
    window.view.set("now.tour.step", std::to_string(step));
    window.frames(fake_snapshot("flow"));
    const UiItem* note = window.ui.map.find("tour");
    ASSERT_NE(note, nullptr);
    EXPECT_GE(note->rect.x, 0);
    EXPECT_LE(note->rect.y + note->rect.h, 900);
    EXPECT_EQ(note->value, std::to_string(step + 1));
  }
}

TEST(Overlays, TheOfferOfTheTourIsTakenOrDismissedOnce) {
  for (const char* button : {"welcome.action", "welcome.dismiss"}) {
    HeadlessUi window(1440, 900);
    const Snapshot snapshot = fake_snapshot("idle-shipped");
    offer_tour(window.view);
    window.frames(snapshot);
    window.click(snapshot, button);
    window.frames(snapshot);
    EXPECT_EQ(tour_step(window.view) >= 0, std::string(button) == "welcome.action");
    EXPECT_EQ(window.ui.map.find("welcome.action"), nullptr);
  }
}

TEST(Overlays, ASoftwareRendererIsNamedOnceWhenTrainingBegins) {
  HeadlessUi window(1440, 900);
  window.view.set("now.software", true);
  window.frames(fake_snapshot("idle-shipped"));
  EXPECT_EQ(window.ui.map.find("software.dismiss"), nullptr);
  window.frames(fake_snapshot("flow"));
  ASSERT_NE(window.ui.map.find("software.dismiss"), nullptr);
  EXPECT_TRUE(window.view.on("software.seen", false));
  window.click(fake_snapshot("flow"), "software.dismiss");
  window.frames(fake_snapshot("flow"));
  EXPECT_EQ(window.ui.map.find("software.dismiss"), nullptr);
}

/// The window after a start that could not use a named file.
class Substitutes : public ::testing::Test {
 protected:
  Substitutes() {
    notice_.substitutes = {{"model", "model x cannot be read; the bundled model was opened instead", 1},
                           {"data", "folder y cannot be read; MNIST is used instead", 2}};
    notice_.errors = 2;
    notice_.error = notice_.substitutes[1].text;
  }
  void show() {
    snapshot_.notice = std::make_shared<NoticeBlock>(notice_);
    window_.frames(snapshot_);
  }
  std::string banner(const std::string& name) const {
    const UiItem* item = window_.ui.map.find(name);
    return item && item->visible ? item->value : "";
  }
  std::string message() const { return shown_message(notice_, window_.view); }

  HeadlessUi window_{1440, 900};
  Snapshot snapshot_ = fake_snapshot("idle-shipped");
  NoticeBlock notice_;
};

TEST_F(Substitutes, AreAllShownOnce) {
  show();
  EXPECT_EQ(banner("error"), notice_.substitutes[1].text);
  EXPECT_EQ(banner("notice.model"), notice_.substitutes[0].text);
  EXPECT_EQ(banner("notice.data"), "") << "the error says it already";
}

TEST_F(Substitutes, OutliveTheErrorThatTheStartOfARunTakesAway) {
  notice_.error.clear();
  show();
  EXPECT_EQ(banner("notice.data"), notice_.substitutes[1].text);
  EXPECT_EQ(message(), notice_.substitutes[0].text);
  notice_.errors = 3, notice_.error = "something else";
  show();
  EXPECT_EQ(banner("error"), "something else");
  EXPECT_EQ(banner("notice.data"), notice_.substitutes[1].text) << "another error hides nothing";
}

TEST_F(Substitutes, AreDismissedByAPersonUntilTheyMatterAgain) {
  show();
  window_.click(snapshot_, "error.dismiss");
  show();
  EXPECT_EQ(banner("error") + banner("notice.data"), "");
  window_.click(snapshot_, "notice.model.dismiss");
  show();
  EXPECT_EQ(banner("notice.model"), "");
  EXPECT_EQ(message(), "");
  notice_.error.clear();
  notice_.substitutes[1].number = 3;
  show();
  EXPECT_EQ(banner("notice.data"), notice_.substitutes[1].text);
}

}  // namespace
}  // namespace lf::app::panels
