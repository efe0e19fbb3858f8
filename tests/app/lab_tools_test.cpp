// Clicks on single lab tools, and their texts meanwhile.
#include <gtest/gtest.h>

#include <algorithm>

#include "fake_snapshots.h"
#include "headless_ui.h"
#include "lab/likelihood/result.h"
#include "lab/map/result.h"
#include "lab/network/result.h"

namespace lf::app {
namespace {

bool was_sent(const HeadlessUi& window, const std::string& line) {
  return std::find(window.sent.begin(), window.sent.end(), line) != window.sent.end();
}

TEST(LabTools, ACellOfTheGuidanceGridSetsGuidanceAndSteps) {
  for (const auto& size : {ImVec2{1440, 900}, ImVec2{960, 600}}) {
    HeadlessUi window(size.x, size.y);
    const Snapshot snapshot = fake_snapshot("lab-guidance");
    window.frames(snapshot);
    const widgets::UiItem* cell = window.ui.map.find("lab.guidance.cell.3.4");
    ASSERT_NE(cell, nullptr);
    EXPECT_GE(cell->rect.w, 36) << "large enough to be looked at";
    window.click(snapshot, "lab.guidance.cell.3.4");
    EXPECT_TRUE(was_sent(window, "set preview.guidance 3"));
    EXPECT_TRUE(was_sent(window, "set preview.steps 4"));
    EXPECT_TRUE(was_sent(window, "set preview.solver midpoint"));
  }
}

TEST(LabTools, WhileTrainingGoesOnTheySayWhichWeightsAnswer) {
  HeadlessUi window(1440, 900);
  Snapshot snapshot = fake_snapshot("lab-ghost");
  auto lab = std::make_shared<LabBlock>(*snapshot.lab);
  auto run = std::make_shared<RunBlock>(*snapshot.run);
  run->running = true, run->flow_step = 1500, lab->trained_step = 1200;
  snapshot.lab = lab, snapshot.run = run;
  window.frames(snapshot);
  EXPECT_EQ(window.ui.map.find("lab.ghost.question")->value, "after flow step 1,200, 300 steps ago");
  run = std::make_shared<RunBlock>(*run);
  run->running = false;
  snapshot.run = run;
  window.frames(snapshot);
  EXPECT_EQ(window.ui.map.find("lab.ghost.question")->value, "complete");
}

TEST(LabTools, ProbesAreCountedUpToThoseWanted) {
  HeadlessUi window(1440, 900);
  Snapshot snapshot = fake_snapshot("lab-likelihood");
  window.frames(snapshot);
  window.click(snapshot, "lab.likelihood.probes.64");
  window.frames(snapshot);
  const std::string known = std::to_string(snapshot.lab->as<LabLikelihood>()->probes);
  EXPECT_EQ(window.ui.map.find("lab.likelihood.probes")->value, known + " of 64");
}

TEST(LabTools, APinIsKeptWhileItsDigitIsEncodedAnew) {
  HeadlessUi window(1440, 900);
  Snapshot snapshot = fake_snapshot("lab-map");
  window.view.set("lab.interpolation.b", std::string("333"));
  window.frames(snapshot);
  ASSERT_EQ(window.cache.lab_map.pins["b"].label, 3);
  auto lab = std::make_shared<LabBlock>(*snapshot.lab);
  auto map = std::make_shared<LabMap>(*lab->as<LabMap>());
  map->train.labels.resize(50);
  map->train.points.resize(100);
  lab->result = map, lab->version = 2;
  snapshot.lab = lab;
  window.frames(snapshot);
  EXPECT_EQ(window.cache.lab_map.pins["b"].index, 333);
  EXPECT_EQ(window.cache.lab_map.pins["b"].label, 3);
  EXPECT_EQ(window.ui.map.find("lab.map.pin.b")->value, "being encoded");
  EXPECT_NE(window.ui.map.find("lab.map.legend"), nullptr);
}

TEST(LabTools, PicturesOfFewStepsHaveRoomInASmallWindow) {
  HeadlessUi window(960, 600);
  window.frames(fake_snapshot("lab-straightness"));
  EXPECT_GE(window.ui.map.find("lab.straightness.pictures")->rect.h, 5 * 28) << "five rows";
  window.frames(fake_snapshot("lab-drawing"));
  const widgets::UiItem* chip = window.ui.map.find("lab.drawing.guidance.1");
  const widgets::UiItem* card = window.ui.map.find("lab.drawing.edit");
  ASSERT_TRUE(chip && card);
  EXPECT_GT(chip->rect.y, card->rect.y + 28) << "below the title, which they would cut";
}

TEST(LabTools, SmallNumbersOfAYoungNetFillTheirAxes) {
  HeadlessUi window(1440, 900);
  Snapshot snapshot = fake_snapshot("lab-network");
  auto lab = std::make_shared<LabBlock>(*snapshot.lab);
  auto network = std::make_shared<LabNetwork>(*lab->as<LabNetwork>());
  for (auto* series : {&network->share, &network->modulation})
    for (float& value : *series) value = 1e-4f + 1e-5f * value;
  lab->result = network;
  snapshot.lab = lab;
  window.frames(snapshot);
  for (const char* name : {"lab.network.shares", "lab.network.modulation"}) {
    const AxisRange& y = window.cache.plots[name].y;
    const double most = name == std::string("lab.network.shares") ? 100e-4 : 1e-4;
    EXPECT_GT(y.high, most) << name;
    EXPECT_LT(y.high, 2 * most) << name;
  }
}

}  // namespace
}  // namespace lf::app
