#include "panels/sweep/draft.h"

#include <gtest/gtest.h>

#include "records/sweep_plan.h"

namespace lf::app::panels {
namespace {

ViewState view_of(const std::string& setting, const std::string& values) {
  ViewState view;
  view.set(axis_key(0, "setting"), setting);
  view.set(axis_key(0, "values"), values);
  return view;
}

TEST(SweepDraft, TheTextIsASweepFileWithThisPlan) {
  ViewState view = view_of("flow.lr", "0.003..0.012 x 3");
  view.set(axis_key(1, "setting"), std::string("flow.optimizer"));
  view.set(axis_key(1, "values"), std::string("muon, adamw"));
  view.set(kDraftSeeds, std::string("3..5"));
  view.set(kDraftBudget, std::string("2.5"));
  view.set(kDraftUnit, std::string("epochs"));
  view.set(kDraftMedian, false);
  Settings settings("tiny");
  settings.set("flow.width", "64");
  settings.set("preview.steps", "5");
  settings.set("seed", "9");
  const Draft draft = draft_of(view, settings);
  EXPECT_EQ(draft.problem, "");
  const SweepPlan plan = records::parse_sweep_plan(plan_text(draft.plan), "plan");
  EXPECT_EQ(plan.axes, draft.plan.axes);
  EXPECT_EQ(plan.axes[0].values, (std::vector<std::string>{"0.003", "0.006", "0.012"}));
  EXPECT_EQ(plan.seeds, (std::vector<int64_t>{3, 4, 5}));
  EXPECT_EQ(plan.preset, "tiny");
  EXPECT_EQ(plan.budget.epochs, 2.5);
  EXPECT_FALSE(plan.median_rule);
  EXPECT_EQ(plan.settings.at("flow.width"), "64") << "changed in the settings panel";
  EXPECT_EQ(plan.settings.count("preview.steps") + plan.settings.count("seed"), 0u);
  EXPECT_EQ(plan_text(draft.plan).find('\n'), std::string::npos) << "a command is one line";
}

TEST(SweepDraft, WhatCannotBeTrainedHasAReason) {
  const Settings settings("fast");
  EXPECT_EQ(draft_of(ViewState{}, settings).problem, "");
  EXPECT_NE(draft_of(view_of("flow.lr", ""), settings).problem.find("no value"), std::string::npos);
  EXPECT_NE(draft_of(view_of("flow.lr", "0.003 x"), settings).problem.find("'x'"), std::string::npos);
  EXPECT_NE(draft_of(view_of("flow.width", "64 65"), settings).problem.find("impossible"), std::string::npos);
  ViewState view;
  view.set(kDraftBudget, std::string("soon"));
  EXPECT_NE(draft_of(view, settings).problem.find("'soon' is no number of steps"), std::string::npos);
  view.set(kDraftUnit, std::string("preset"));
  EXPECT_EQ(draft_of(view, settings).problem, "") << "then the number does not matter";
  view.set(kDraftSeeds, std::string(""));
  EXPECT_NE(draft_of(view, settings).problem, "");
}

TEST(SweepDraft, ARemovedSettingLeavesTheOthers) {
  ViewState view;
  for (size_t i = 0; i < 3; ++i) {
    view.set(axis_key(i, "setting"), axis_settings()[i]);
    view.set(axis_key(i, "values"), std::to_string(i));
  }
  remove_draft_axis(view, 1);
  EXPECT_EQ(draft_axis_count(view), 2u);
  EXPECT_EQ(view.text(axis_key(1, "setting"), ""), axis_settings()[2]);
  EXPECT_EQ(view.text(axis_key(1, "values"), ""), "2");
  remove_draft_axis(view, 0);
  remove_draft_axis(view, 0);
  EXPECT_EQ(draft_axis_count(view), 0u);
}

TEST(SweepDraft, SettingsThatChangeNothingCannotBeCompared) {
  const auto& names = axis_settings();
  for (const char* name : {"seed", "threads", "preview.steps", "quality.final", "autoencoder"})
    EXPECT_EQ(std::count(names.begin(), names.end(), name), 0) << name;
  EXPECT_EQ(std::count(names.begin(), names.end(), "flow.lr"), 1);
}

}  // namespace
}  // namespace lf::app::panels
