// The lab tools and the one slider of t: its value everywhere, and a field that follows it.
#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"
#include "lab/field/result.h"
#include "lab/tools.h"
#include "panels/lab/panels.h"

namespace lf::app {
namespace {

/// A field that was requested and computed with `arguments`.
Snapshot field_at(const std::map<std::string, std::string>& arguments) {
  Snapshot snapshot = fake_snapshot("lab-field");
  snapshot.run = fake_snapshot("idle-shipped").run;
  auto lab = std::make_shared<LabBlock>(*snapshot.lab);
  lab->arguments = lab_arguments(lab_tool("field"), arguments);
  auto field = std::make_shared<LabField>(*lab->as<LabField>());
  field->t = lab->arguments.number("t");
  lab->result = field;
  lab->complete = true;
  snapshot.lab = lab;
  return snapshot;
}

TEST(LabSlider, AStateBesideTheSliderIsCalledTheNearest) {
  HeadlessUi window(1440, 900);
  window.view.t = 0.5f;
  window.frame(fake_snapshot("flow"), [](const panels::PanelContext& c) {
    EXPECT_EQ(panels::state_words(c, 0.5f), "t = 0.50");
    EXPECT_EQ(panels::state_words(c, 0.4699f), "the nearest state t = 0.47");
  });
  window.frames(field_at({}));
  EXPECT_EQ(window.ui.map.find("t")->value, "0.500");
}

TEST(LabSlider, TheFieldFollowsWhileTPlaysAndIsMadeFineAfterwards) {
  HeadlessUi window(1440, 900);
  window.view.page = "flow-lab";
  window.view.set("lab.tool", std::string("field"));
  window.view.t = 0.5f;
  window.frames(fake_snapshot("flow"));  // the field is requested
  window.frames(field_at({}));
  window.view.playing = true;
  window.view.t = 0.62f;
  window.frames(field_at({}), 1);
  window.view.t = 0.66f;
  window.frames(field_at({}));  // the plane at 0.62 is not complete: no further request
  ASSERT_FALSE(window.sent.empty());
  EXPECT_EQ(window.sent.back(), "lab field quick=on t=0.62");
  window.frames(field_at({{"t", "0.62"}, {"quick", "on"}}));
  EXPECT_EQ(window.sent.back(), "lab field quick=on t=0.66");
  window.view.playing = false;
  window.frames(field_at({{"t", "0.66"}, {"quick", "on"}}));
  EXPECT_EQ(window.sent.back(), "lab field t=0.66");
}

TEST(LabSlider, AFieldThatAScriptAskedForStays) {
  HeadlessUi window(1440, 900);
  window.frames(fake_snapshot("flow"));
  window.view.playing = true;
  window.view.t = 0.8f;
  window.frames(field_at({{"t", "0.3"}}));
  EXPECT_EQ(window.view.text("lab.field.t", ""), "0.3");
  EXPECT_TRUE(window.sent.empty() || window.sent.back().rfind("lab field", 0) != 0);
}

}  // namespace
}  // namespace lf::app
