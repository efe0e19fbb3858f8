// A round trip with a field of known solution, and on the bundled model.
#include "inference/round_trip.h"

#include <gtest/gtest.h>

#include <cmath>

#include "data/batches.h"
#include "sliced_work.h"
#include "small_digits.h"
#include "test_paths.h"

namespace lf::inference {
namespace {

TEST(RoundTrip, FollowsTheFieldBackAndForward) {
  const flow::VelocityField field = [](const at::Tensor& x, double) { return x * 0.5; };
  const at::Tensor latents = at::arange(128, at::kFloat).div(64).view({2, 4, 4, 4});
  RoundTrip trip(field, latents, SampleOptions{"rk4", 10, 1});
  double progress = trip.progress();
  int64_t slices = 1;
  for (; trip.advance(); ++slices) {
    EXPECT_GE(trip.progress(), progress);
    progress = trip.progress();
    EXPECT_EQ(trip.turned(), slices >= 40);
  }
  EXPECT_EQ(trip.progress(), 1);
  EXPECT_EQ(slices, 80);
  EXPECT_EQ(trip.nfe(), 80);
  EXPECT_EQ(trip.there().t.front(), 1);
  EXPECT_EQ(trip.there().t.back(), 0);
  EXPECT_EQ(trip.back().t.back(), 1);
  EXPECT_LT((trip.noise() - latents * std::exp(-0.5)).abs().max().item<double>(), 1e-5);
  EXPECT_LT(trip.error(), 1e-6);
}

TEST(RoundTrip, ErrorIsThatOfTheSolver) {
  const flow::VelocityField field = [](const at::Tensor& x, double) { return x; };
  const at::Tensor latents = at::ones({1, 4, 4, 4});
  RoundTrip trip(field, latents, SampleOptions{"euler", 4, 1});
  complete_watched(trip);
  EXPECT_NEAR(trip.error(), 1 - std::pow(0.75 * 1.25, 4), 1e-6);
}

TEST(RoundTrip, OfFourDigitsOfTheShippedModelIsWithinAThousandth) {
  const auto model = load_model(ASSETS "/model.safetensors");
  const files::Dataset data = small_digits();
  const at::Tensor pixels = data::pixel_tensor(data.test);
  for (int64_t i = 0; i < 4; ++i) {
    const int label = data.test.labels[static_cast<size_t>(i)];
    RoundTrip trip(digit_velocity(*model, label), standard_latents(*model, pixels.narrow(0, i, 1)),
                   inverse_options("", 0, kInversionSteps));
    complete_watched(trip);
    EXPECT_LE(trip.error(), 1e-3) << "digit " << i;
    EXPECT_GT(trip.error(), 0);
  }
}

}  // namespace
}  // namespace lf::inference
