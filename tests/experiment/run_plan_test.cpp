#include "experiment/run_plan.h"

#include <gtest/gtest.h>

namespace lf {
namespace {

constexpr int64_t kDigits = 60000;

Settings with(const std::string& preset, const std::vector<std::string>& assignments = {}) {
  Settings settings(preset);
  for (const auto& assignment : assignments) settings.set_assignment(assignment);
  return settings;
}

TEST(PlanRun, SecondsAreSplitByWhatWasMeasured) {
  const StepSeconds speed{0.03, 0.04, 0.0001};
  const RunPlan plan = plan_run(Budget{500, 0, 0, 0}, with("fast"), kDigits, speed, 2);
  EXPECT_EQ(plan.autoencoder_steps, 3748);  // four epochs, 112 s: less than 30 % of the budget
  const double flow = 0.95 * 498 - 3748 * 0.03 - kDigits * 0.0001;  // a twentieth goes to held-out tests
  EXPECT_NEAR(static_cast<double>(plan.flow_steps), flow / 0.04, 1);
}

TEST(PlanRun, AShortBudgetCutsTheAutoencoder) {
  const RunPlan plan = plan_run(Budget{20, 0, 0, 0}, with("fast"), kDigits, {0.03, 0.04, 0.0001}, 0);
  EXPECT_EQ(plan.autoencoder_steps, 190);
  EXPECT_GT(plan.flow_steps, 100);
}

TEST(PlanRun, OriginalHasFiveHundredEpochs) {
  const RunPlan plan = plan_run(Budget{}, with("original"), kDigits, {0.03, 0.5, 0}, 0);
  EXPECT_EQ(plan.flow_steps, 937500);
  EXPECT_EQ(plan.autoencoder_steps, 1874) << "our own stands in";
  const Settings file = with("original", {"autoencoder=vae.safetensors"});
  EXPECT_EQ(plan_run(Budget{}, file, kDigits, {0, 0.5, 0.05}, 0).autoencoder_steps, 0);
  EXPECT_EQ(plan_run(Budget{0, 0, 2, 0}, file, kDigits, {0, 0.5, 0.05}, 0).flow_steps, 2 * 1875);
}

TEST(PlanRun, AnEpochEndsAfterSoManyDigits) {
  const Settings settings = with("original", {"epoch_images=512"});
  EXPECT_EQ(plan_run(Budget{0, 0, 4, 0}, settings, kDigits, {}, 0).flow_steps, 64);
  const Settings uneven = with("original", {"epoch_images=500"});
  EXPECT_EQ(plan_run(Budget{0, 0, 1, 0}, uneven, kDigits, {}, 0).flow_steps, 16) << "the last batch is kept";
}

TEST(PlanRun, DigitsThatAreEncodedWhenDrawnCostTheirTime) {
  const Settings file = with("original", {"autoencoder=vae.safetensors"});
  const StepSeconds speed{0, 0.5, 0.05};
  const RunPlan some = plan_run(Budget{1000, 0, 0, 0}, file, kDigits, speed, 0);
  EXPECT_NEAR(static_cast<double>(some.flow_steps), 950 / (0.5 + 32 * 0.05), 2);
  const RunPlan all = plan_run(Budget{20000, 0, 0, 0}, file, kDigits, speed, 0);
  EXPECT_NEAR(static_cast<double>(all.flow_steps), (19000 - kDigits * 0.05) / 0.5, 2);
}

}  // namespace
}  // namespace lf
