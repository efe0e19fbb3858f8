#include "run/budget_plan.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lf::run {
namespace {

constexpr int64_t kDigits = 60000;

Settings with(const std::string& preset, const std::vector<std::string>& assignments = {}) {
  Settings settings(preset);
  for (const auto& assignment : assignments) settings.set_assignment(assignment);
  return settings;
}

TEST(FreezePlan, TheDecodersStepsAreSpreadEvenlyBesideTheFlow) {
  records::RunPlan plan;
  plan.autoencoder_steps = 100;
  plan.flow_steps = 40;
  plan = records::with_frozen_encoder(plan, 30);
  EXPECT_EQ(plan.encoder_steps, 30);
  int64_t before = 30;
  for (int64_t step = 0; step < 40; ++step) {
    const int64_t now = records::autoencoder_steps_before(plan, step);
    EXPECT_TRUE(now - before == 1 || now - before == 2) << "70 over 40, at step " << step;
    before = now;
  }
  EXPECT_EQ(before, 100) << "the last of them before the flow's last step";
  records::RunPlan longer = plan;
  longer.flow_steps = 4000;  // extended afterwards
  EXPECT_EQ(records::autoencoder_steps_before(longer, 20), records::autoencoder_steps_before(plan, 20));
  EXPECT_EQ(records::autoencoder_steps_before(longer, 3000), 100);
  records::RunPlan shorter = plan;
  shorter.flow_steps = 25;  // its goal was reached: the remaining steps come before its last step
  EXPECT_EQ(records::autoencoder_steps_before(shorter, 24), 100);
}

TEST(FreezePlan, AtTheEndNothingIsLeftForTheFlow) {
  for (const char* when : {"end", "4", "1000"}) {
    const Settings settings =
        with("fast", {"autoencoder.epochs=4", std::string("autoencoder.freeze=") + when});
    const records::RunPlan plan = plan_run(Budget{}, settings, kDigits, {}, 0);
    EXPECT_EQ(plan.autoencoder_steps, 3748) << when;
    EXPECT_EQ(plan.encoder_steps, 3748) << when;
    EXPECT_EQ(plan.shared_steps, 0) << when;
    EXPECT_EQ(records::autoencoder_steps_before(plan, 0), 3748) << when;
  }
}

TEST(FreezePlan, IsFrozenAfterItsEpochsWhateverTheBudget) {
  const Settings settings = with("fast", {"autoencoder.freeze=0.1"});
  for (const Budget& budget : {Budget{}, Budget{100, 0, 0, 0}, Budget{0, 50, 0, 0}}) {
    const records::RunPlan plan = plan_run(budget, settings, kDigits, {0.02, 0.02, 2e-5, 0.01}, 0);
    EXPECT_EQ(plan.encoder_steps, 94);
    EXPECT_EQ(plan.shared_steps, plan.flow_steps);
  }
  const records::RunPlan file =
      plan_run(Budget{}, with("original", {"autoencoder=vae.safetensors"}), kDigits, {}, 0);
  EXPECT_EQ(file.encoder_steps, 0);
  EXPECT_EQ(records::autoencoder_steps_before(file, 5), 0);
}

TEST(FreezePlan, ByItselfAfterATenthOfTheFlowsDigits) {
  const auto encoder_steps = [](int64_t flow_steps) {
    return plan_run(Budget{0, flow_steps, 0, 0}, with("fast"), kDigits, {}, 0).encoder_steps;
  };
  const records::RunPlan short_cut =
      plan_run(Budget{0, 20000, 0, 0}, with("fast", {"autoencoder.epochs=4"}), kDigits, {}, 0);
  EXPECT_EQ(short_cut.encoder_steps, 3748) << "all of an autoencoder that is trained for less";
  EXPECT_EQ(encoder_steps(100), 469) << "half an epoch at least";
  EXPECT_EQ(encoder_steps(4000), std::llround(0.1 * 4000 * 256 / kDigits * 937));
  const StepSeconds speed{0.004, 0.016, 1e-5, 0.0026};
  for (const double seconds : {30.0, 60.0, 180.0}) {
    const records::RunPlan plan = plan_run(Budget{seconds, 0, 0, 0}, with("fast"), kDigits, speed, 1);
    EXPECT_EQ(plan.encoder_steps, encoder_steps(plan.flow_steps)) << seconds << " s";
    EXPECT_NEAR(static_cast<double>(plan.autoencoder_steps), 0.8 * static_cast<double>(plan.flow_steps), 10)
        << "a fifth of the flow's digits, in epochs of 59,968";
  }
}

TEST(PlanRun, SecondsAreSplitByWhatWasMeasured) {
  const StepSeconds speed{0.03, 0.04, 0.0001};
  const records::RunPlan plan =
      plan_run(Budget{500, 0, 0, 0}, with("fast", {"autoencoder.epochs=4"}), kDigits, speed, 2);
  EXPECT_EQ(plan.autoencoder_steps, 3748);  // four epochs, 112 s: less than 30 % of the budget
  const double flow = 0.95 * 498 - 3748 * 0.03 - kDigits * 0.0001;  // a twentieth goes to held-out tests
  EXPECT_NEAR(static_cast<double>(plan.flow_steps), flow / 0.04, 1);
}

TEST(PlanRun, AShortBudgetCutsTheAutoencoder) {
  const records::RunPlan plan = plan_run(Budget{20, 0, 0, 0}, with("fast"), kDigits, {0.03, 0.04, 0.0001}, 0);
  EXPECT_EQ(plan.autoencoder_steps, 190);
  EXPECT_GT(plan.flow_steps, 100);
}

TEST(PlanRun, SecondsAreKeptOnSlowAndOnFastMachines) {
  for (const double slower : {0.33, 1.0, 3.0}) {
    const StepSeconds speed{0.017 * slower, 0.0205 * slower, 25e-6 * slower, 0.011 * slower};
    for (const double budget : {12.0, 40.0, 240.0}) {
      const records::RunPlan plan = plan_run(Budget{budget, 0, 0, 0}, with("fast"), kDigits, speed, 0.2);
      const auto seconds = [](int64_t steps, double each) { return static_cast<double>(steps) * each; };
      const double autoencoder = seconds(plan.encoder_steps, speed.autoencoder) +
                                 seconds(plan.autoencoder_steps - plan.encoder_steps, speed.decoder);
      const double all = autoencoder + kDigits * speed.encode + seconds(plan.flow_steps, speed.flow);
      const double granted = 0.95 * (budget - 0.2);
      EXPECT_LE(all, granted + speed.flow) << budget << " s, " << slower << " times slower";
      EXPECT_GE(all, granted - speed.flow - speed.autoencoder) << budget << " s, " << slower;
      EXPECT_LE(autoencoder, 0.31 * granted) << budget << " s, " << slower;
      EXPECT_GE(plan.encoder_steps, std::min<int64_t>(plan.autoencoder_steps, 60))
          << budget << " s, " << slower;
      EXPECT_GT(plan.flow_steps, 40) << budget << " s, " << slower;
    }
  }
}

TEST(PlanRun, OriginalHasFiveHundredEpochs) {
  const records::RunPlan plan = plan_run(Budget{}, with("original"), kDigits, {0.03, 0.5, 0}, 0);
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
  const records::RunPlan some = plan_run(Budget{1000, 0, 0, 0}, file, kDigits, speed, 0);
  EXPECT_NEAR(static_cast<double>(some.flow_steps), 950 / (0.5 + 32 * 0.05), 2);
  const records::RunPlan all = plan_run(Budget{20000, 0, 0, 0}, file, kDigits, speed, 0);
  EXPECT_NEAR(static_cast<double>(all.flow_steps), (19000 - kDigits * 0.05) / 0.5, 2);
}

}  // namespace
}  // namespace lf::run
