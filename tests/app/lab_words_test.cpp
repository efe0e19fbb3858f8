// The sentences of the lab tools about their numbers.
#include <gtest/gtest.h>

#include <memory>

#include "fake_snapshots.h"
#include "headless_ui.h"
#include "lab/coupling/result.h"
#include "lab/drawing/result.h"
#include "lab/field/result.h"
#include "lab/ghost/result.h"
#include "lab/network/result.h"

namespace lf::app {
namespace {

bool words_contain(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The snapshot of a tool with a complete result, from a flow that is not training.
Snapshot answered(const std::string& state) {
  Snapshot snapshot = fake_snapshot(state);
  auto lab = std::make_shared<LabBlock>(*snapshot.lab);
  lab->complete = true;
  snapshot.lab = lab;
  snapshot.run = fake_snapshot("idle-shipped").run;
  return snapshot;
}

/// The sentence below the card with this name.
std::string said(const Snapshot& snapshot, const std::string& card) {
  HeadlessUi window(1440, 900);
  window.frames(snapshot);
  const widgets::UiItem* item = window.ui.map.find(card);
  return item ? item->value : "no such card";
}

std::string field_says(double t, double difference) {
  Snapshot snapshot = answered("lab-field");
  auto lab = std::make_shared<LabBlock>(*snapshot.lab);
  auto field = std::make_shared<LabField>(*lab->as<LabField>());
  field->t = t, field->exact_length = 1, field->difference_length = difference;
  lab->result = field;
  snapshot.lab = lab;
  return said(snapshot, "lab.field");
}

TEST(LabWords, TheFieldAnswersItsQuestionWhereItsNumbersDo) {
  EXPECT_TRUE(words_contain(field_says(0.1, 0.05), "The two fields agree"));
  EXPECT_TRUE(words_contain(field_says(0.5, 0.3), "begin to diverge"));
  EXPECT_TRUE(words_contain(field_says(0.9, 0.97), "The network generalises"));
  EXPECT_TRUE(words_contain(field_says(0.9, 0.97), "differs by 97 %"));
  EXPECT_TRUE(words_contain(field_says(0.9, 0.05), "memorises"));
  EXPECT_FALSE(words_contain(field_says(0.3, 0.8), "generalises")) << "too early to say";
}

TEST(LabWords, TheGhostHasWordsForTheStart) {
  Snapshot snapshot = answered("lab-ghost");
  auto lab = std::make_shared<LabBlock>(*snapshot.lab);
  auto ghost = std::make_shared<LabGhost>(*lab->as<LabGhost>());
  ghost->decided.assign(ghost->decided.size(), 0.0f);
  lab->result = ghost;
  snapshot.lab = lab;
  EXPECT_TRUE(
      words_contain(said(snapshot, "lab.ghost"), "Half of the digits have their final class at the start"));
  EXPECT_TRUE(
      words_contain(said(snapshot, "lab.ghost.commitment"), "Bits measure the classifier's uncertainty"));
}

TEST(LabWords, TheNetworkBeginsWithTheBlockThatChangesMost) {
  EXPECT_EQ(said(answered("lab-network"), "lab.network").rfind("Of ", 0), 0u);
  HeadlessUi window(1440, 900);
  const Snapshot snapshot = answered("lab-network");
  window.frames(snapshot);
  ImGui::GetIO().MousePos = window.ui.map.find("lab.network.shares")->rect.center();
  window.frames(snapshot);
  EXPECT_TRUE(words_contain(window.cache.plots["lab.network.shares"].readout, "block 1, MLP"));
}

TEST(LabWords, CouplingsSayChanceAndShareOneScale) {
  HeadlessUi window(1440, 900);
  const Snapshot snapshot = answered("lab-coupling");
  window.frames(snapshot);
  const auto size = [&](const std::string& law) {
    return window.ui.map.find("lab.coupling.pairs." + law)->rect;
  };
  for (const char* law : {"transport", "transport-by-digit"}) {
    EXPECT_EQ(size(law).w, size("independent").w) << law;
    EXPECT_EQ(size(law).h, size("independent").h) << law;
  }
  EXPECT_TRUE(words_contain(window.ui.map.find("lab.coupling.card.transport")->value,
                            "class bias of the noise 7.0 standard deviations"));
}

TEST(LabWords, AReflowNamesItsTwoMeasuresAndItsPrice) {
  HeadlessUi window(1440, 900);
  Snapshot snapshot = answered("lab-reflow");
  window.view.page = "flow-lab";
  window.view.set("lab.tool", std::string("coupling"));
  window.view.set("lab.coupling.show", std::string("reflow"));
  window.frames(snapshot);
  EXPECT_EQ(window.ui.map.find("lab.coupling.error.1")->label, "1 step: latent error");
  EXPECT_TRUE(words_contain(window.ui.map.find("lab.coupling.steps.1")->value, "images differ by"));
}

TEST(LabWords, AClearedSheetIsEmptyUntilTheExampleIsWanted) {
  HeadlessUi window(1440, 900);
  const Snapshot snapshot = answered("lab-drawing");
  window.frames(snapshot);
  EXPECT_EQ(window.ui.map.find("lab.drawing.board")->value, "sample");
  EXPECT_FALSE(window.ui.map.find("lab.drawing.example")->enabled);
  window.click(snapshot, "lab.drawing.clear");
  window.frames(snapshot);
  EXPECT_EQ(window.ui.map.find("lab.drawing.board")->value, "empty");
  EXPECT_EQ(window.ui.map.find("lab.drawing.classes"), nullptr) << "nothing is drawn of an empty sheet";
  window.click(snapshot, "lab.drawing.example");
  window.frames(snapshot);
  EXPECT_EQ(window.ui.map.find("lab.drawing.board")->value, "sample");
  window.click(snapshot, "lab.drawing.clear");
  window.frames(snapshot);
  window.click(snapshot, "lab.drawing.board");
  window.frames(snapshot);
  EXPECT_EQ(window.ui.map.find("lab.drawing.board")->value, "14.0,14.0") << "drawn on an empty sheet";
}

TEST(LabWords, TheDrawingSaysWhyAClassStaysAnother) {
  Snapshot snapshot = answered("lab-drawing");
  auto lab = std::make_shared<LabBlock>(*snapshot.lab);
  auto drawing = std::make_shared<LabDrawing>(*lab->as<LabDrawing>());
  drawing->noise_length = 1.5;
  drawing->classes_seen = {0, 1, 2, 4, 4, 5, 4, 7, 8, 9};
  lab->result = drawing;
  snapshot.lab = lab;
  const std::string words = said(snapshot, "lab.drawing.edit");
  EXPECT_TRUE(words_contain(words, "In 2 of 10 images the classifier predicts a 4")) << words;
  EXPECT_TRUE(words_contain(words, "1.5 × as long as a typical sample")) << words;
}

TEST(LabWords, TheSliderSaysWhereItDoesNothing) {
  HeadlessUi window(1440, 900);
  window.frames(answered("lab-drawing"));
  for (const char* name : {"t", "play"})
    EXPECT_TRUE(words_contain(window.ui.map.find(name)->tooltip, "does not depend on t")) << name;
  window.frames(answered("lab-ghost"));
  EXPECT_FALSE(words_contain(window.ui.map.find("t")->tooltip, "does not depend on t"));
}

TEST(LabWords, TheMapCountsTheLayersThatAreShown) {
  HeadlessUi window(1440, 900);
  const Snapshot snapshot = answered("lab-map");
  window.frames(snapshot);
  EXPECT_TRUE(words_contain(window.ui.map.find("lab.map")->value, "training digits"));
  EXPECT_FALSE(words_contain(window.ui.map.find("lab.map")->value, "test digits, "));
  window.click(snapshot, "lab.map.test");
  window.click(snapshot, "lab.map.train");
  window.frames(snapshot);
  EXPECT_FALSE(words_contain(window.ui.map.find("lab.map")->value, "training digits"));
  EXPECT_TRUE(words_contain(window.ui.map.find("lab.map")->value, "test digits, "));
}

TEST(LabWords, ThePlaneOfStraightnessSaysHowLittleItShows) {
  EXPECT_TRUE(
      words_contain(said(answered("lab-straightness"), "lab.straightness.plane"), "smaller than they are"));
}

}  // namespace
}  // namespace lf::app
