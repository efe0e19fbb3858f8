// Partial redrawing: nothing for equal frames, and never less than what differs.
#include "app/screen/damage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "fake_snapshots.h"
#include "headless_ui.h"

namespace lf::app {
namespace {

bool covered_by(const std::vector<widgets::Rect>& parts, ImVec2 p) {
  return std::any_of(parts.begin(), parts.end(), [p](const widgets::Rect& r) { return r.contains(p); });
}

float total_area(const std::vector<widgets::Rect>& parts) {
  float total = 0;
  for (const widgets::Rect& r : parts) total += r.w * r.h;
  return total;
}

class Damage : public ::testing::Test {
 protected:
  std::vector<widgets::Rect> next() {
    window.frames(snapshot, 1);
    return damage.update(*ImGui::GetDrawData(), false);
  }
  HeadlessUi window{1440, 900};
  Snapshot snapshot = fake_snapshot("paused");
  DamageTracker damage;
};

TEST_F(Damage, TheFirstFrameIsAllNew) { EXPECT_FLOAT_EQ(total_area(next()), 1440 * 900); }

TEST_F(Damage, EqualFramesNeedNoDrawing) {
  window.frames(snapshot);
  next();
  EXPECT_TRUE(next().empty());
}

TEST_F(Damage, MovingTDrawsTheKnobAndNotTheLossCurves) {
  window.view.t = 0.5f;
  window.frames(snapshot);
  next();
  const widgets::Rect track = window.ui.map.find("t")->rect,
                      loss = window.ui.map.find("plot.autoencoder")->rect;
  window.view.t = 0.501f;  // the same state, another place of the knob
  const auto parts = next();
  EXPECT_TRUE(covered_by(parts, track.center()));
  EXPECT_FALSE(covered_by(parts, loss.center()));
  EXPECT_LT(total_area(parts), 0.5f * 1440 * 900);
}

TEST_F(Damage, PartsDoNotOverlap) {
  window.view.t = 0.2f;
  window.frames(snapshot);
  next();
  window.view.t = 0.8f;
  window.view.set("explore.loss.smooth", false);
  const auto parts = next();
  ASSERT_FALSE(parts.empty());
  for (size_t a = 0; a < parts.size(); ++a) {
    for (size_t b = a + 1; b < parts.size(); ++b) EXPECT_TRUE(parts[a].clipped(parts[b]).empty());
  }
}

TEST_F(Damage, AThemeDrawsEverything) {
  window.frames(snapshot);
  next();
  window.ui.theme = &widgets::find_theme("light");
  EXPECT_FLOAT_EQ(total_area(next()), 1440 * 900);
}

}  // namespace
}  // namespace lf::app
