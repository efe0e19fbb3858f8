#include "training/reference_dit/dit_stepper.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include "base/errors.h"

namespace lf::training {
namespace {

const models::DitConfig kConfig{4, 2, 4, 16, 2, 2, 4};

at::Generator step_generator(uint64_t seed) { return at::make_generator<at::CPUGeneratorImpl>(seed); }

struct StepBatch {
  at::Tensor x_t, t, target;
};

StepBatch random_step_batch(uint64_t seed) {
  auto g = step_generator(seed);
  const at::Tensor x = at::randn({6, 4, 4, 4}, g, at::kFloat), y = at::randn({6, 4, 4, 4}, g, at::kFloat);
  return {x, at::rand({6}, g, at::kFloat), y};
}

void randomise(models::Dit& net) {
  const at::NoGradGuard no_grad;
  auto g = step_generator(2);
  net.parameters().flat().normal_(0, 0.1, g);
}

TEST(DitStepper, StepsLikeAutogradAndTheWholeBuffer) {
  models::Dit net(kConfig, step_generator(1), false), reference(kConfig, step_generator(1), true);
  randomise(net);
  randomise(reference);
  optim::AdamW adam(net.parameters().flat(), at::Tensor(), {});
  optim::AdamW whole(reference.parameters().flat(), reference.parameters().flat_gradient(), {});
  DitStepper stepper(net, adam);
  for (uint64_t i = 0; i < 5; ++i) {
    const StepBatch b = random_step_batch(10 + i);
    stepper.begin(b.x_t, b.t, b.target, 1e-3);
    while (!stepper.advance_step()) {
    }
    const at::Tensor loss = (reference.forward(b.x_t, b.t) - b.target).square().mean();
    loss.backward();
    const double norm = whole.step(1e-3);
    EXPECT_NEAR(stepper.loss_per_sample().mean().item<double>(), loss.item<double>(), 1e-4);
    EXPECT_NEAR(stepper.gradient_norm(), norm, 1e-4 * norm);
  }
  // Adam divides by the gradient's size: if a gradient is rounding only, a step may differ by its
  // length.
  const at::Tensor difference = (net.parameters().flat() - reference.parameters().flat()).abs();
  EXPECT_LT(difference.mean().item<double>(), 1e-4);
  EXPECT_EQ(adam.steps(), 5);
}

TEST(DitStepper, RepeatsExactly) {
  at::Tensor results[2];
  for (auto& result : results) {
    models::Dit net(kConfig, step_generator(1), false);
    randomise(net);
    optim::AdamW adam(net.parameters().flat(), at::Tensor(), {});
    DitStepper stepper(net, adam);
    const StepBatch b = random_step_batch(3);
    stepper.begin(b.x_t, b.t, b.target, 1e-3);
    while (!stepper.advance_step()) {
    }
    result = net.parameters().flat();
  }
  EXPECT_TRUE(at::equal(results[0], results[1]));
}

TEST(DitStepper, AnUntrainedNetLearns) {
  models::Dit net(kConfig, step_generator(1), false);
  optim::AdamW adam(net.parameters().flat(), at::Tensor(), {});
  DitStepper stepper(net, adam);
  const StepBatch b = random_step_batch(4);
  std::vector<double> losses;
  for (int i = 0; i < 60; ++i) {
    stepper.begin(b.x_t, b.t, b.target, 1e-2);
    while (!stepper.advance_step()) {
    }
    losses.push_back(stepper.loss_per_sample().mean().item<double>());
  }
  EXPECT_NEAR(losses.front(), b.target.square().mean().item<double>(), 1e-6) << "v = 0 before any step";
  EXPECT_LT(losses.back(), 0.5 * losses.front());
}

TEST(DitStepper, IsNotBegunTwice) {
  models::Dit net(kConfig, step_generator(1), false);
  optim::AdamW adam(net.parameters().flat(), at::Tensor(), {});
  DitStepper stepper(net, adam);
  EXPECT_TRUE(stepper.advance_step()) << "nothing to do";
  const StepBatch b = random_step_batch(3);
  stepper.begin(b.x_t, b.t, b.target, 1e-3);
  EXPECT_TRUE(stepper.under_way());
  EXPECT_FALSE(stepper.advance_step());
  EXPECT_THROW(stepper.begin(b.x_t, b.t, b.target, 1e-3), RunError);
}

}  // namespace
}  // namespace lf::training
