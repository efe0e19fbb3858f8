// An edited state.json, or a script's `view KEY VALUE`, may contain any value: every page must
// still be drawn.
#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"
#include "lab/tools.h"
#include "panels/frame/pages.h"

namespace lf::app {
namespace {

const char* const kValues[] = {"",      "-1", "99999999999999999999", "-2147483648", "nan",
                               "1e308", "on", "a\nb\x01\xFF"};

/// Sets every switch that the window has named so far, and every argument of every tool, to
/// `value`.
void say_everywhere(HeadlessUi& window, const std::string& value) {
  for (auto& [key, text] : window.view.switches) text = value;
  for (const auto& [name, item] : window.ui.map.items()) window.view.set(name, value);
  for (const LabToolInfo& tool : lab_tools()) {
    for (const LabArgument& argument : tool.arguments)
      window.view.set(std::string("lab.") + tool.id + "." + argument.key, value);
  }
}

TEST(HostileView, EveryPageIsDrawnWhateverTheSwitchesSay) {
  for (const std::string& state : fake_states()) {
    const Snapshot snapshot = fake_snapshot(state);
    HeadlessUi window(1440, 900);
    window.frames(snapshot, 1);
    for (const panels::PageInfo& page : panels::page_table()) {
      for (const char* value : kValues) {
        SCOPED_TRACE(state + " " + page.id + " '" + value + "'");
        window.view.page = page.id;
        say_everywhere(window, value);
        window.view.selected = 999999;
        window.frames(snapshot, 1);
        EXPECT_GT(window.vertices, 100);
      }
    }
  }
}

TEST(HostileView, APageOrThemeThatNobodyKnowsIsNoReasonNotToStart) {
  HeadlessUi window(1440, 900);
  window.view.page = "../../x";
  window.view.theme = "\x1b[31m";
  window.view.recent = {std::string(100000, 'x'), "\xFF\n"};
  window.frames(fake_snapshot("flow"), 2);
  EXPECT_GT(window.vertices, 100);
}

}  // namespace
}  // namespace lf::app
