#include "inference/sampling.h"

#include <gtest/gtest.h>

#include "inference/noise.h"
#include "random_model.h"

namespace lf::inference {
namespace {

at::Tensor draw(const Model& model, int64_t count, double guidance) {
  return sample_pixels(model, cycled_labels(0, count, -1), {"midpoint", 2, guidance},
                       latent_noise(1, Purpose::Sample, 0, count));
}

TEST(Sampling, TheSameSeedGivesTheSameBytes) {
  const auto model = random_model("compact-dit");
  for (const double guidance : {1.0, 0.0, 2.5}) {
    EXPECT_TRUE(at::equal(draw(*model, 37, guidance), draw(*model, 37, guidance))) << guidance;
  }
}

TEST(Sampling, AnotherSolverTakesAsManyEvaluations) {
  Settings settings("fast");
  EXPECT_EQ(sample_options(settings).solver, "euler");
  EXPECT_EQ(sample_options(settings).steps, 8);
  EXPECT_EQ(sample_options(settings, "midpoint").steps, 4);
  EXPECT_EQ(sample_options(settings, "rk4").steps, 2);
  EXPECT_EQ(sample_options(settings, "rk4", 64).steps, 16);
  settings.sampler.steps = 1;
  EXPECT_EQ(sample_options(settings, "rk4").steps, 1) << "never none";
}

TEST(Sampling, AnAdaptiveSolverSeesTheExactField) {
  const auto model = random_model("compact-dit");
  const SampleOptions options{"dopri5", 1, 1};
  const at::Tensor labels = cycled_labels(0, 6, -1);
  const at::Tensor noise = latent_noise(1, Purpose::Sample, 0, 6);
  const flow::Trajectory path =
      flow::integrate(model_velocity(*model, labels, 1), noise, integrate_options(options));
  EXPECT_TRUE(at::equal(sample_pixels(*model, labels, options, noise), decode_pixels(*model, path.x.back())));
}

TEST(Sampling, ADigitDoesNotDependOnHowManyAreDrawn) {
  const auto model = random_model("compact-dit");
  const at::Tensor labels = cycled_labels(0, 40, -1), x = at::randn({40, 4, 4, 4});
  const at::Tensor all = model_velocity(*model, labels, 2)(x, 0.5);
  for (const int64_t count : {1, 2, 17}) {
    const at::Tensor some = model_velocity(*model, labels.narrow(0, 0, count), 2)(x.narrow(0, 0, count), 0.5);
    EXPECT_TRUE(at::equal(some, all.narrow(0, 0, count))) << count;
  }
}

TEST(Sampling, TheFieldIsThatOfTheNetsForward) {
  for (const std::string net : {"compact-dit", "dit"}) {
    const auto model = random_model(net);
    const at::Tensor labels = cycled_labels(0, 13, -1), x = at::randn({13, 4, 4, 4});
    const at::Tensor expected = model->average->forward(x, at::full({13}, 0.25), labels).detach();
    EXPECT_TRUE(at::allclose(model_velocity(*model, labels, 1)(x, 0.25), expected, 1e-4, 1e-5)) << net;
  }
}

TEST(Sampling, AFieldAskedAfterTrainingHasTheNewWeights) {
  const auto model = random_model("compact-dit");
  const at::Tensor labels = cycled_labels(0, 4, -1), x = at::randn({4, 4, 4, 4});
  const at::Tensor before = model_velocity(*model, labels, 1)(x, 0.25);
  model->average->parameters().flat().mul_(1.2);
  EXPECT_FALSE(at::allclose(model_velocity(*model, labels, 1)(x, 0.25), before, 1e-3, 1e-3));
}

}  // namespace
}  // namespace lf::inference
