#include "config/sweep.h"

#include "input_error_of.h"

namespace lf {
namespace {

SweepPlan grid() {
  SweepPlan plan;
  plan.axes = {{"flow.lr", {"0.003", "0.006"}}, {"autoencoder.beta", {"0.01", "0.02", "0.04"}}};
  plan.seeds = {1, 2};
  return plan;
}

/// "" for a plan that can be trained.
std::string refusal(const SweepPlan& plan) {
  try {
    check_sweep(plan);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Sweep, AGridHasEveryCombinationOnceAndTheLastAxisChangesFastest) {
  const std::vector<SweepPoint> points = sweep_points(grid());
  EXPECT_EQ(points, (std::vector<SweepPoint>{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}}));
  EXPECT_EQ(sweep_run_count(grid()), 12u);
  SweepPlan seeds_only;
  seeds_only.seeds = {1, 2, 3};
  EXPECT_EQ(sweep_points(seeds_only), std::vector<SweepPoint>{{}});
  EXPECT_EQ(sweep_run_count(seeds_only), 3u);
}

TEST(Sweep, ATableHasItsRows) {
  SweepPlan plan = grid();
  plan.table = {{0, 2}, {1, 0}};
  EXPECT_EQ(sweep_points(plan), plan.table);
  EXPECT_EQ(sweep_run_count(plan), 4u);
}

TEST(Sweep, ARunHasThePresetThenTheFixedSettingsThenItsCombinationAndSeed) {
  SweepPlan plan = grid();
  plan.settings = {{"flow.width", "64"}};
  const Settings settings = sweep_settings(plan, {1, 2}, 7);
  EXPECT_EQ(settings.flow.width, 64);
  EXPECT_EQ(settings.flow.lr, 0.006);
  EXPECT_EQ(settings.autoencoder.beta, 0.04);
  EXPECT_EQ(settings.general.seed, 7);
  EXPECT_EQ(settings.flow.batch, Settings("fast").flow.batch);
}

TEST(Sweep, RangesIncludeTheirEnds) {
  EXPECT_EQ(spaced_values(0.0125, 0.05, 3, true), (std::vector<double>{0.0125, 0.025, 0.05}));
  EXPECT_EQ(spaced_values(0.1, 0.4, 4, false), (std::vector<double>{0.1, 0.2, 0.3, 0.4}));
  EXPECT_EQ(spaced_values(3, 1, 3, false), (std::vector<double>{3, 2, 1})) << "downwards";
  EXPECT_NE(input_error_of([] { spaced_values(0, 1, 3, true); }), "");
  EXPECT_NE(input_error_of([] { spaced_values(1, 1, 3, false); }), "");
  EXPECT_NE(input_error_of([] { spaced_values(1, 2, 1, false); }), "");
}

TEST(Sweep, TypedValuesAreAListOrARange) {
  EXPECT_EQ(typed_axis("flow.lr", "0.003, 6e-3", "fast").values,
            (std::vector<std::string>{"0.003", "0.006"}));
  EXPECT_EQ(typed_axis("flow.width", "16..64 x 3", "fast").values,
            (std::vector<std::string>{"16", "32", "64"}));
  EXPECT_EQ(typed_axis("flow.ema", "on off", "fast").values, (std::vector<std::string>{"on", "off"}));
  EXPECT_TRUE(typed_axis("flow.lr", " ", "fast").values.empty());
  EXPECT_NE(input_error_of([] { typed_axis("flow.lr", "0.1..0.2", "fast"); }), "");
  EXPECT_NE(input_error_of([] { typed_axis("flow.lr", "0.003 x", "fast"); }), "");
  EXPECT_EQ(typed_seeds("1, 4..6"), (std::vector<int64_t>{1, 4, 5, 6}));
  for (const char* wrong : {"x", "-1", "3..1", "1..99999", "1.5"})
    EXPECT_NE(input_error_of([&] { typed_seeds(wrong); }), "") << wrong;
}

TEST(Sweep, FoldersOfRunsAreSortedInTheOrderOfTrainingAndNameTheirValues) {
  EXPECT_EQ(sweep_run_name(grid(), {0, 2}, 1, 0, 12), "01-lr0.003-beta0.04-s1");
  EXPECT_EQ(sweep_run_name(grid(), {1, 0}, 2, 99, 1000), "0100-lr0.006-beta0.01-s2");
  SweepPlan files;
  files.axes = {{"autoencoder", {"/models/a b/../vae.safetensors"}}};
  EXPECT_EQ(sweep_run_name(files, {0}, 1, 0, 1).find('/'), std::string::npos);
}

TEST(Sweep, ImpossiblePlansAreRefusedWithTheReason) {
  EXPECT_EQ(refusal(grid()), "");
  const auto refused = [](void (*change)(SweepPlan&)) {
    SweepPlan plan = grid();
    change(plan);
    return refusal(plan);
  };
  const auto has = [](const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  };
  EXPECT_TRUE(has(refused([](SweepPlan& p) { p.axes[0].values.clear(); }), "no value"));
  EXPECT_TRUE(has(refused([](SweepPlan& p) { p.axes[0].values = {"0.1", "0.1"}; }), "twice"));
  EXPECT_TRUE(has(refused([](SweepPlan& p) { p.axes[1] = p.axes[0]; }), "an axis twice"));
  EXPECT_TRUE(has(refused([](SweepPlan& p) { p.axes[0].setting = "seed"; }), "as seeds"));
  EXPECT_TRUE(has(refused([](SweepPlan& p) { p.axes[0].setting = "threads"; }), "does not change"));
  EXPECT_TRUE(has(refused([](SweepPlan& p) { p.axes[0].setting = "preview.steps"; }), "does not change"));
  EXPECT_TRUE(has(refused([](SweepPlan& p) { p.settings["flow.lr"] = "0.1"; }), "fixed value"));
  EXPECT_TRUE(has(refused([](SweepPlan& p) { p.seeds.clear(); }), "at least one"));
  EXPECT_TRUE(has(refused([](SweepPlan& p) { p.seeds = {4, 4}; }), "twice"));
  EXPECT_TRUE(has(refused([](SweepPlan& p) { p.settings["quality.final"] = "0"; }), "at least 100"));
  EXPECT_TRUE(has(refused([](SweepPlan& p) { p.budget.until_fd = 5; }), "equally long"));
  EXPECT_TRUE(has(refused([](SweepPlan& p) {
                    for (int64_t i = 0; i < 400; ++i) p.seeds.push_back(100 + i);
                  }),
                  "at most 1000 runs"));
  const std::string pair = refused([](SweepPlan& p) {
    p.axes = {{"flow.width", {"64", "96"}}, {"flow.heads", {"4", "5"}}};
  });
  EXPECT_TRUE(has(pair, "flow.width 64, flow.heads 5")) << pair;
}

TEST(Sweep, AnAxisThatTheBudgetOverridesIsRefused) {
  SweepPlan plan;
  plan.axes = {{"autoencoder.epochs", {"0.5", "1"}}};
  plan.budget.steps = 100;
  EXPECT_EQ(refusal(plan), "");
  plan.budget = {60, 0, 0, 0};
  EXPECT_NE(refusal(plan), "") << "the first run's steps are those of all";
  plan.axes = {{"flow.steps", {"100", "200"}}};
  plan.budget = {};
  EXPECT_EQ(refusal(plan), "");
  plan.budget.steps = 100;
  EXPECT_NE(refusal(plan), "");
}

}  // namespace
}  // namespace lf
