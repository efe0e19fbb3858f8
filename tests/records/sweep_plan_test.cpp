#include "records/sweep_plan.h"

#include "input_error_of.h"

namespace lf::records {
namespace {

constexpr const char* kPlan = R"({
 "name": "rate and β", "preset": "tiny",
 "set": {"flow.width": 64, "flow.ema": false, "flow.lr": [0.003, 6e-3],
         "autoencoder.beta": {"from": 0.0125, "to": 0.05, "count": 3, "scale": "log"},
         "flow.optimizer": ["muon", "adamw"]},
 "seeds": {"from": 3, "count": 2},
 "steps": 300,
 "median_rule": false
})";

std::string refused(const std::string& text) {
  return input_error_of([&] { parse_sweep_plan(text, "f.json"); });
}
/// The refusal of the plan above after a change.
std::string refused(const std::string& part, const std::string& change) {
  std::string text = kPlan;
  const size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return refused(text.replace(at, part.size(), change));
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(SweepPlanFile, AGridIsRead) {
  const SweepPlan plan = parse_sweep_plan(kPlan, "f.json");
  EXPECT_EQ(plan.name, "rate and β");
  EXPECT_EQ(plan.preset, "tiny");
  EXPECT_EQ(plan.settings, (std::map<std::string, std::string>{{"flow.ema", "off"}, {"flow.width", "64"}}));
  ASSERT_EQ(plan.axes.size(), 3u);
  EXPECT_EQ(plan.axes[0].values, (std::vector<std::string>{"0.003", "0.006"}));
  EXPECT_EQ(plan.axes[1].values, (std::vector<std::string>{"0.0125", "0.025", "0.05"}));
  EXPECT_EQ(plan.seeds, (std::vector<int64_t>{3, 4}));
  EXPECT_EQ(plan.budget.steps, 300);
  EXPECT_FALSE(plan.median_rule);
  EXPECT_EQ(sweep_run_count(plan), 24u);
}

TEST(SweepPlanFile, ATableIsRead) {
  const SweepPlan plan = parse_sweep_plan(
      R"({"table": [{"flow.lr": 0.01, "flow.width": 96}, {"flow.width": 64, "flow.lr": 0.02}, {"flow.lr": 0.02, "flow.width": 96}]})",
      "f");
  EXPECT_EQ(plan.table, (std::vector<SweepPoint>{{0, 0}, {1, 1}, {1, 0}}));
  EXPECT_EQ(plan.axes[1].values, (std::vector<std::string>{"96", "64"}));
  EXPECT_EQ(plan.seeds, (std::vector<int64_t>{1}));
  EXPECT_TRUE(plan.median_rule);
}

TEST(SweepPlanFile, WhatIsWrittenIsReadAgain) {
  for (const std::string text :
       {kPlan, R"({"table": [{"flow.lr": 0.01, "flow.ema": true}, {"flow.lr": 0.02, "flow.ema": false}]})",
        R"({"seeds": [5], "seconds": 2.5, "set": {"flow.net": ["dit"]}})", "{}"}) {
    const std::string written = sweep_plan_text(parse_sweep_plan(text, "f"));
    EXPECT_EQ(sweep_plan_text(parse_sweep_plan(written, "f")), written) << text;
  }
}

TEST(SweepPlanFile, UnknownKeysAreRefusedWithTheirLineAndTheKnownOnes) {
  const std::string key = refused("\"steps\"", "\"stpes\"");
  EXPECT_EQ(key.rfind("f.json, line 7: ", 0), 0u) << key;
  EXPECT_TRUE(has(key, "'stpes'") && has(key, "steps, seconds, epochs, median_rule")) << key;
  const std::string setting = refused("flow.lr", "flow.lrr");
  EXPECT_EQ(setting.rfind("f.json, line 3: ", 0), 0u) << setting;
  EXPECT_TRUE(has(setting, "did you mean flow.lr?")) << setting;
  EXPECT_TRUE(has(refused("\"count\": 3", "\"cuont\": 3"), "line 4: unknown key 'cuont'"));
  EXPECT_TRUE(has(refused("\"tiny\"", "\"small\""), "line 2"));
}

TEST(SweepPlanFile, BadValuesAreRefusedWithTheirLine) {
  EXPECT_TRUE(has(refused("0.003, 6e-3", ""), "line 3: the list of flow.lr is empty"));
  EXPECT_TRUE(has(refused("6e-3", "0.003"), "twice"));
  EXPECT_TRUE(has(refused("6e-3", "600"), "out of range"));
  EXPECT_TRUE(has(refused("6e-3", "null"), "must be a number, a text"));
  EXPECT_TRUE(has(refused("\"adamw\"", "\"adam\""), "line 5"));
  EXPECT_TRUE(has(refused("\"from\": 0.0125", "\"from\": 0"), "positive ends"));
  EXPECT_TRUE(has(refused("\"from\": 0.0125, ", ""), "has no 'from'"));
  EXPECT_TRUE(has(refused("\"count\": 3", "\"count\": 1"), "'count'"));
  EXPECT_TRUE(has(refused("\"log\"", "\"logarithmic\""), "\"linear\""));
  EXPECT_TRUE(has(refused("flow.optimizer", "seed"), "as 'seeds'"));
  EXPECT_TRUE(
      has(refused("[\"muon\", \"adamw\"]", "{\"from\": 1, \"to\": 2, \"count\": 2}"), "is no number"));
  EXPECT_TRUE(has(refused("flow.optimizer", "preview.solver"), "does not change"));
  EXPECT_TRUE(has(refused("{\"from\": 3, \"count\": 2}", "[1, 1]"), "line 6: seed 1 is given twice"));
  EXPECT_TRUE(has(refused("{\"from\": 3, \"count\": 2}", "[]"), "line 6"));
  EXPECT_TRUE(has(refused("{\"from\": 3, \"count\": 2}", "[1.5]"), "whole number"));
  EXPECT_TRUE(has(refused("300,", "300, \"seconds\": 5,"), "only one"));
  EXPECT_TRUE(has(refused("false\n", "\"no\"\n"), "true or false"));
  EXPECT_TRUE(has(refused("\"flow.width\": 64", "\"flow.width\": 65"), "line 3: the combination"));
  EXPECT_TRUE(has(refused("\"steps\": 300", "\"table\": [{\"flow.clip\": 1}]"), "line 7: give lists"));
  EXPECT_TRUE(has(refused("[1, 2]"), "must be an object"));
  EXPECT_TRUE(has(refused(R"({"table": [{"flow.lr": 0.1}, {"flow.width": 64}]})"), "same settings"));
  EXPECT_TRUE(has(refused(R"({"table": [{"flow.lr": 0.01}, {"flow.lr": 1e-2}]})"), "twice"));
}

}  // namespace
}  // namespace lf::records
