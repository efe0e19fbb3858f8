// A branch from the shown step.
#include "panels/frame/branch_chip.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"

namespace lf::app::panels {
namespace {

Snapshot run_at(const std::string& preset) {
  Snapshot s = fake_snapshot("done");
  auto run = std::make_shared<RunBlock>(*s.run);
  run->run_folder = "runs/a";
  s.run = run;
  auto settings = std::make_shared<SettingsBlock>();
  settings->run = Settings("fast");
  settings->values = Settings(preset);
  s.settings = settings;
  return s;
}

TEST(BranchChip, BeginsAtTheShownStepWithWhatWasChanged) {
  Snapshot s = run_at("fast");
  ViewState view;
  EXPECT_EQ(format_command(branch_here(s, view)), "branch runs/a");
  view.step_asked = 144;
  auto settings = std::make_shared<SettingsBlock>(*s.settings);
  settings->values.set("flow.lr", "0.002");
  settings->values.set("flow.width", "64");  // a branch cannot have another width
  s.settings = settings;
  EXPECT_EQ(format_command(branch_here(s, view)), "branch runs/a at=144 settings=flow.lr=0.002");
}

TEST(BranchChip, SettingsOfAnotherPresetAreNotMeant) {
  EXPECT_EQ(branch_here(run_at("quality"), ViewState{}).settings, "");
}

TEST(BranchChip, SaysWhyThereIsNone) {
  Snapshot s = run_at("fast");
  auto job = std::make_shared<JobBlock>();
  s.job = job;
  EXPECT_EQ(branch_reason(s), "");
  job->active = true;
  s.job = job;
  EXPECT_NE(branch_reason(s), "");
  auto run = std::make_shared<RunBlock>(*s.run);
  run->run_folder.clear();
  s.run = run;
  EXPECT_NE(branch_reason(s).find("no run"), std::string::npos);
}

}  // namespace
}  // namespace lf::app::panels
