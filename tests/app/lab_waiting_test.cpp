// The texts of the lab tools before the flow is trained.
#include <gtest/gtest.h>

#include <memory>

#include "fake_snapshots.h"
#include "headless_ui.h"
#include "lab/tools.h"

namespace lf::app {
namespace {

/// The snapshot of a tool of a model with an untrained flow, with the run of another fake state.
Snapshot untrained(const std::string& tool, const std::string& run) {
  Snapshot snapshot = fake_snapshot("lab-" + tool);
  auto lab = std::make_shared<LabBlock>(*snapshot.lab);
  lab->trained_step = 0, lab->complete = false, lab->progress = 0.3;
  snapshot.lab = lab;
  snapshot.run = fake_snapshot(run).run;
  return snapshot;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The text in place of a result; "" if there is a result.
std::string instead(const Snapshot& snapshot) {
  HeadlessUi window(1440, 900);
  window.frames(snapshot);
  const widgets::UiItem* words = window.ui.map.find("lab.instead");
  return words ? words->label + ": " + words->value : "";
}

TEST(LabWaiting, WhileTheAutoencoderLearnsItSaysWhenTheFlowBegins) {
  const std::string first = instead(untrained("ghost", "autoencoder"));
  EXPECT_TRUE(contains(first, "autoencoder is trained first; the flow begins")) << first;
  EXPECT_FALSE(contains(first, "Press Train")) << first;
  const std::string then = instead(untrained("likelihood", "latents"));
  EXPECT_TRUE(contains(then, "the flow begins in a moment")) << then;
}

TEST(LabWaiting, OnlyAnIdleModelAsksForTrain) {
  const std::string idle = instead(untrained("ghost", "empty"));
  EXPECT_TRUE(contains(idle, "Untrained networks")) << idle;
  EXPECT_TRUE(contains(idle, "Press Train")) << idle;
}

TEST(LabWaiting, NoNumberStandsBesideIt) {
  for (const LabToolInfo& tool : lab_tools()) {
    const std::string id = tool.id;
    if (id == "map" || id == "step") continue;  // they need no trained flow
    HeadlessUi window(1440, 900);
    window.frames(untrained(id, "empty"));
    ASSERT_NE(window.ui.map.find("lab.instead"), nullptr) << id;
    EXPECT_EQ(window.ui.map.find("lab." + id)->value, "") << id << ": no answer below";
    for (const auto& [name, item] : window.ui.map.items()) {
      const bool own = name.rfind("lab." + id + ".", 0) == 0;
      EXPECT_FALSE(own && item.visible && name != "lab." + id + ".question") << name;
    }
  }
}

TEST(LabWaiting, ToolsThatNeedNoFlowAnswer) {
  for (const char* tool : {"map", "step"}) {
    HeadlessUi window(1440, 900);
    window.frames(untrained(tool, "empty"));
    EXPECT_EQ(window.ui.map.find("lab.instead"), nullptr) << tool;
    EXPECT_NE(window.ui.map.find(std::string("lab.") + tool)->value, "") << tool;
  }
}

TEST(LabWaiting, AReflowBeginsWithTheFlowBefore) {
  Snapshot snapshot = untrained("reflow", "latents");
  auto run = std::make_shared<RunBlock>(*snapshot.run);
  run->reflows = 1, run->knows_before = true;
  snapshot.run = run;
  EXPECT_EQ(instead(snapshot), "");
}

}  // namespace
}  // namespace lf::app
