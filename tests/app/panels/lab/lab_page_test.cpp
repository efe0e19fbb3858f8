// The lab's page: it tells the worker which tool is open, shows the result, and follows a script.
#include "panels/lab/lab_page.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"
#include "lab/tools.h"

namespace lf::app::panels {
namespace {

std::vector<std::string> lab_lines(const HeadlessUi& window) {
  std::vector<std::string> lines;
  for (const std::string& line : window.sent) {
    if (line.rfind("lab ", 0) == 0) lines.push_back(line);
  }
  return lines;
}

TEST(LabPage, OpensItsToolOnceAndClosesItWhenLeft) {
  HeadlessUi window(1440, 900);
  const Snapshot snapshot = fake_snapshot("idle-shipped");
  window.frames(snapshot);
  EXPECT_TRUE(lab_lines(window).empty());
  window.view.page = "flow-lab";
  window.frames(snapshot);
  EXPECT_EQ(lab_lines(window), std::vector<std::string>{"lab ghost"});
  window.view.page = "explore";
  window.frames(snapshot);
  EXPECT_EQ(lab_lines(window).back(), "lab off");
  EXPECT_EQ(lab_lines(window).size(), 2u);
}

TEST(LabPage, ACommandFromElsewhereOpensThePage) {
  HeadlessUi window(1440, 900);
  window.frames(fake_snapshot("flow"));
  window.frames(fake_snapshot("lab-solvers"));
  EXPECT_EQ(window.view.page, "flow-lab");
  EXPECT_EQ(window.view.text("lab.tool", ""), "solvers");
  EXPECT_TRUE(lab_lines(window).empty()) << "it is open already";
}

TEST(LabPage, AToolThatOpensAfterItsPageWasLeftBringsNobodyBack) {
  HeadlessUi window(1440, 900);
  window.frames(fake_snapshot("lab-solvers"));
  window.view.page = "explore";
  window.frames(fake_snapshot("lab-solvers"));
  window.frames(fake_snapshot("idle-shipped"));  // the request to close it was handled
  window.view.page = "flow-lab";
  window.frames(fake_snapshot("idle-shipped"));  // a busy worker: the tool is requested, not open yet
  window.view.page = "latent-space";
  window.frames(fake_snapshot("idle-shipped"));
  window.frames(fake_snapshot("lab-solvers"));
  EXPECT_EQ(window.view.page, "latent-space");
}

TEST(LabPage, TheLatentSpaceShowsNeighboursAndLikelihood) {
  for (const auto& size : {ImVec2{1440, 900}, ImVec2{960, 600}, ImVec2{700, 900}}) {
    HeadlessUi window(size.x, size.y);
    window.frames(fake_snapshot("flow"));
    window.frames(fake_snapshot("lab-nearest"));
    EXPECT_EQ(window.view.page, "latent-space");
    for (const char* name : {"lab.nearest.samples", "lab.nearest.by_latents", "lab.nearest.by_pixels",
                             "lab.nearest.ratios", "lab.nearest.pixels"})
      EXPECT_NE(window.ui.map.find(name), nullptr) << name;
    window.click(fake_snapshot("lab-nearest"), "lab.nearest.pixels");
    EXPECT_EQ(window.view.text("lab.nearest.space", ""), "pixels");
    window.frames(fake_snapshot("lab-likelihood"));
    for (const char* name : {"lab.likelihood.classes", "lab.likelihood.bars", "lab.likelihood.most",
                             "lab.likelihood.least", "lab.likelihood.digits.2000"})
      EXPECT_NE(window.ui.map.find(name), nullptr) << name;
  }
}

TEST(LabPage, EveryToolIsNamedAndShowsItsAnswer) {
  for (const float width : {1440.0f, 700.0f}) {
    HeadlessUi window(width, 900);
    window.view.page = "flow-lab";
    window.view.set("lab.tool", std::string("ghost"));
    window.frames(fake_snapshot("lab-ghost"));
    for (const LabToolInfo& tool : lab_tools()) {
      const bool here = std::string(tool.page) == "flow-lab";
      EXPECT_EQ(window.ui.map.find(std::string("lab.tool.") + tool.id) != nullptr, here) << tool.id;
    }
    for (const char* name : {"lab.ghost.states", "lab.ghost.guesses", "lab.ghost.bars", "lab.ghost.entropy"})
      EXPECT_NE(window.ui.map.find(name), nullptr) << name;
    window.view.set("lab.tool", std::string("solvers"));
    window.frames(fake_snapshot("lab-solvers"));
    for (const char* name : {"lab.solvers.front", "lab.solvers.nfe.8", "lab.solvers.rows"})
      EXPECT_NE(window.ui.map.find(name), nullptr) << name;
    window.view.set("lab.tool", std::string("network"));
    window.frames(fake_snapshot("lab-network"));
    for (const char* name : {"lab.network.attention", "lab.network.digits", "lab.network.features",
                             "lab.network.shares", "lab.network.modulation", "lab.network.part.gate"})
      EXPECT_NE(window.ui.map.find(name), nullptr) << name;
    const char* const charts[] = {"labels", "times", "lengths", "lengths", "losses", "gradients", "updates"};
    window.view.set("lab.tool", std::string("step"));
    for (int stage = 1; stage <= 7; ++stage) {
      window.view.set("lab.step.stage", std::to_string(stage));
      window.frames(fake_snapshot("lab-step"));
      for (const std::string name : {"stage.1", "stage.7", "next", "digits", charts[stage - 1]})
        EXPECT_NE(window.ui.map.find("lab.step." + name), nullptr) << name;
    }
    window.view.set("lab.tool", std::string("loss-floor"));
    window.frames(fake_snapshot("lab-loss-floor"));
    for (const char* name : {"lab.loss-floor.curves", "lab.loss-floor.gap", "lab.loss-floor.digits"})
      EXPECT_NE(window.ui.map.find(name), nullptr) << name;
    window.view.set("lab.tool", std::string("field"));
    window.frames(fake_snapshot("lab-field"));
    for (const char* name :
         {"lab.field.learned", "lab.field.exact", "lab.field.difference", "lab.field.class"})
      EXPECT_NE(window.ui.map.find(name), nullptr) << name;
  }
}

TEST(LabPage, TheLatentSpaceHasAPageOfItsOwn) {
  HeadlessUi window(1440, 900);
  window.view.page = "latent-space";
  window.frames(fake_snapshot("lab-map"));
  EXPECT_EQ(window.view.text("latent.tool", "map"), "map");
  for (const char* name :
       {"lab.map.points", "lab.map.pins", "lab.map.between", "lab.map.flowing", "lab.save.numbers"})
    EXPECT_NE(window.ui.map.find(name), nullptr) << name;
  window.frames(fake_snapshot("lab-interpolation"));
  EXPECT_EQ(window.view.text("latent.tool", ""), "interpolation") << "a script opened it";
  for (const char* name : {"lab.interpolation.latent", "lab.interpolation.noise", "lab.interpolation.sure"})
    EXPECT_NE(window.ui.map.find(name), nullptr) << name;
}

TEST(LabPage, WhatIsDrawnIsAskedForWhenTheHandIsLifted) {
  HeadlessUi window(1440, 900);
  window.view.page = "latent-space";
  window.frames(fake_snapshot("lab-drawing"));
  for (const char* name :
       {"lab.drawing.board", "lab.drawing.way", "lab.drawing.classes", "lab.drawing.round"})
    EXPECT_NE(window.ui.map.find(name), nullptr) << name;
  window.click(fake_snapshot("lab-drawing"), "lab.drawing.board");
  window.frames(fake_snapshot("lab-drawing"));
  const std::string strokes = window.view.text("lab.drawing.strokes", "");
  EXPECT_EQ(strokes, "14.0,14.0");
  ASSERT_FALSE(lab_lines(window).empty());
  EXPECT_EQ(lab_lines(window).back(), "lab drawing strokes=" + strokes);
  window.click(fake_snapshot("lab-drawing"), "lab.drawing.clear");
  EXPECT_EQ(window.view.text("lab.drawing.strokes", "x"), "");
}

TEST(LabPage, ArgumentsOfTheViewAreAskedForAndThoseOfAScriptTakenOver) {
  HeadlessUi window(1440, 900);
  window.view.page = "latent-space";
  window.view.set("lab.map.axes", std::string("principal"));
  window.frames(fake_snapshot("idle-shipped"));
  EXPECT_EQ(lab_lines(window), std::vector<std::string>{"lab map axes=principal"});
  window.view.set("lab.map.axes", std::string("nonsense"));  // left by another version
  window.frames(fake_snapshot("idle-shipped"));
  EXPECT_EQ(lab_lines(window).back(), "lab map");
}

}  // namespace
}  // namespace lf::app::panels
