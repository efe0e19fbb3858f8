// Every page in every state, theme and size, drawn for three frames: nothing crashes, nothing stays
// empty, and all required names are in the ui-map.
#include "panels/frame/pages.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

struct Look {
  float width, height, scale;
  const char* theme;
};

void PrintTo(const Look& look, std::ostream* out) {
  *out << look.width << "x" << look.height << " " << look.theme;
}

class EveryPage : public ::testing::TestWithParam<Look> {};

TEST_P(EveryPage, IsDrawnInEveryState) {
  const Look look = GetParam();
  for (const std::string& state : fake_states()) {
    const Snapshot snapshot = fake_snapshot(state);
    for (const PageInfo& page : page_table()) {
      HeadlessUi window(look.width, look.height, look.scale, look.theme);
      window.view.page = page.id;
      window.frames(snapshot);
      SCOPED_TRACE(state + " " + page.id);
      EXPECT_GT(window.vertices, 500);
      for (const char* name : {"train", "t", "play", "speed", "reset", "step", "preset"}) {
        EXPECT_NE(window.ui.map.find(name), nullptr) << name;
      }
      for (const auto& [name, item] : window.ui.map.items()) {
        EXPECT_EQ(name, item.name);
        EXPECT_TRUE((item.visible && item.enabled) || !item.reason.empty()) << name;
        EXPECT_TRUE(!item.visible || item.rect.right() <= look.width + 1) << name;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Looks, EveryPage,
                         ::testing::Values(Look{1440, 900, 1, "dark"}, Look{960, 600, 1, "light"},
                                           Look{1440, 900, 1.5f, "projector"}, Look{480, 360, 1, "dark"}));

TEST(Explore, NamesEverythingTheContractNames) {
  for (const Look look : {Look{1440, 900, 1, "dark"}, Look{960, 600, 1, "dark"}}) {
    HeadlessUi window(look.width, look.height);
    window.frames(fake_snapshot("flow"));
    for (const char* name :
         {"plot.loss", "plot.autoencoder", "grid.flow", "grid.reconstruction", "map.latent", "strip.flow",
          "page.explore", "setting.flow.lr", "explore.flow.heading"}) {
      EXPECT_NE(window.ui.map.find(name), nullptr) << name << " at " << look.width;
    }
  }
}

TEST(Explore, BeforeTheFlowEveryCardShowsWhatTheAutoencoderLearns) {
  for (const Look look : {Look{1440, 900, 1, "dark"}, Look{960, 600, 1, "dark"}}) {
    const Snapshot snapshot = fake_snapshot("growing");
    HeadlessUi window(look.width, look.height);
    window.frames(snapshot);
    const bool small = look.width < 1200;
    for (const char* name : {"grid.flow", "strip.flow", "map.latent", "plot.loss", "plot.autoencoder"}) {
      const UiItem* item = window.ui.map.find(name);
      ASSERT_NE(item, nullptr) << name;
      EXPECT_NE(item->value, "empty") << name << " at " << look.width;
      EXPECT_TRUE(item->visible || small) << name;
    }
    EXPECT_EQ(window.ui.map.find("grid.flow")->value, "reconstructions after autoencoder step 420 of 422");
    const UiItem* heading = window.ui.map.find("explore.flow.heading");
    ASSERT_NE(heading, nullptr);
    EXPECT_FALSE(heading->enabled) << "nothing generated has an endpoint yet";
    EXPECT_EQ(heading->reason, "The flow has not generated digits yet.");
  }
}

TEST(Explore, NoCardIsEmptyAfterTheFirstLook) {
  Snapshot snapshot = fake_snapshot("growing");
  snapshot.growth = fake_growth({0, 1407, 0, 1404, 7, 16}, 1);  // one preview, before the first step
  ASSERT_EQ(snapshot.growth->step.size(), 1u);
  HeadlessUi window(1440, 900);
  window.frames(snapshot);
  for (const char* name : {"grid.flow", "strip.flow", "map.latent", "plot.loss", "grid.reconstruction"})
    EXPECT_NE(window.ui.map.find(name)->value, "empty") << name;
  EXPECT_EQ(window.ui.map.find("plot.loss")->label, "Reconstruction quality");
}

TEST(Explore, TheMapSaysWhoseLatentsItShowsUntilTheFlowHasGeneratedSomething) {
  Snapshot snapshot = fake_snapshot("growing");
  const auto tooltip = [&] {
    HeadlessUi window(1440, 900);
    window.frames(snapshot);
    return window.ui.map.find("map.latent")->tooltip;
  };
  EXPECT_NE(tooltip().find("a test digit"), std::string::npos);
  auto map = std::make_shared<MapBlock>(*snapshot.map);
  map->trained_step = -1;
  snapshot.map = map;
  EXPECT_NE(tooltip().find("a training digit"), std::string::npos);
}

TEST(Explore, TheDeviceChipHasRoomForItsWords) {
  Snapshot snapshot = fake_snapshot("flow");
  auto run = std::make_shared<RunBlock>(*snapshot.run);
  const auto width = [&](const std::string& device) {
    run->device = device;
    snapshot.run = run;
    HeadlessUi window(1440, 900);
    window.frames(snapshot);
    return window.ui.map.find("device")->rect.w - text_size(window.ui, Type::Small, device).x;
  };
  const float others = 58 + 6 + 20;  // the number before it, a gap, the paddings
  EXPECT_GE(width("CPU · bfloat16 · 2 threads"), others);
  EXPECT_GE(width("CPU · float32 · 128 threads"), others);
}

TEST(Explore, GeneratedDigitsTakeThePlaceOfReconstructions) {
  Snapshot snapshot = fake_snapshot("polishing");
  snapshot.growth = fake_growth({420, 1407, 0, 1404, 7, 16}, 1);
  HeadlessUi window(1440, 900);
  window.frames(snapshot);
  EXPECT_EQ(window.ui.map.find("grid.flow")->label, "Digits at t");
  const UiItem* phase = window.ui.map.find("phase");
  ASSERT_NE(phase, nullptr);
  EXPECT_NE(phase->tooltip.find("the decoder is at step 700 of 1,407"), std::string::npos) << phase->tooltip;
}

TEST(Explore, SettingsPanelShowsEverySetting) {
  HeadlessUi window(1440, 2400);
  window.view.settings = 1;
  window.frames(fake_snapshot("idle-shipped"));
  for (const SettingInfo& setting : setting_table()) {
    const UiItem* item = window.ui.map.find("setting." + setting.key);
    ASSERT_NE(item, nullptr) << setting.key;
    EXPECT_TRUE(item->visible) << setting.key;
    EXPECT_NE(item->tooltip.find(setting.meaning), std::string::npos) << setting.key;
  }
}

}  // namespace
}  // namespace lf::app::panels
