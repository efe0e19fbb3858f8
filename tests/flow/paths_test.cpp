#include "flow/paths.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

namespace lf::flow {
namespace {

at::Tensor path_noise(at::IntArrayRef shape, uint64_t seed) {
  at::Generator generator = at::detail::createCPUGenerator(seed);
  return at::randn(shape, generator, at::TensorOptions().dtype(at::kDouble));
}

TEST(Paths, BeginAtNoiseAndEndAtDataOfWidthSigmaMin) {
  const at::Tensor x0 = path_noise({3, 4, 2, 2}, 1), x1 = path_noise({3, 4, 2, 2}, 2);
  const auto ends = at::tensor({0.0, 1.0, 1.0}, at::kDouble);
  const PathSample sample = ot_path(x0, x1, ends, 0.001);
  EXPECT_TRUE(at::equal(sample.x_t[0], x0[0]));
  EXPECT_TRUE(at::allclose(sample.x_t[1], x1[1] + 0.001 * x0[1], 0, 1e-12));
}

TEST(Paths, TargetIsTheSlopeOfThePath) {
  const at::Tensor x0 = path_noise({2, 5}, 3), x1 = path_noise({2, 5}, 4);
  const at::Tensor t = at::tensor({0.2, 0.7}, at::kDouble);
  const PathSample here = ot_path(x0, x1, t, 0.01), later = ot_path(x0, x1, t + 0.1, 0.01);
  EXPECT_TRUE(at::allclose((later.x_t - here.x_t) / 0.1, here.target, 0, 1e-12));
}

// Four coordinates of sample 3 of the reference vectors (sigma_min 0.001).
TEST(Paths, MatchTheReferenceVectors) {
  const at::Tensor x0 = at::tensor({0.826281726f, -0.162309691f, -0.532311082f, -0.202428102f}).view({1, 4});
  const at::Tensor x1 = at::tensor({-0.00914740562f, 0.974608541f, -1.04462695f, -2.23146439f}).view({1, 4});
  const PathSample sample = ot_path(x0, x1, at::tensor({0.154546618f}), 0.001);
  const at::Tensor x_t = at::tensor({0.697296679f, 0.0133720934f, -0.611570001f, -0.516040087f}).view({1, 4});
  const at::Tensor target = at::tensor({-0.834602833f, 1.13675594f, -0.512848198f, -2.0292387f}).view({1, 4});
  EXPECT_TRUE(at::allclose(sample.x_t, x_t, 0, 1e-7));
  EXPECT_TRUE(at::allclose(sample.target, target, 0, 2e-7));
}

TEST(EndpointGuess, IsExactOnTheStraightLine) {
  const at::Tensor x0 = path_noise({3, 4}, 5), x1 = path_noise({3, 4}, 6);
  for (const double sigma_min : {0.0, 0.001, 0.1}) {
    const at::Tensor t = at::tensor({0.0, 0.4, 1.0}, at::kDouble);
    const PathSample sample = ot_path(x0, x1, t, sigma_min);
    EXPECT_TRUE(at::allclose(endpoint_guess(sample.x_t, sample.target, t, sigma_min), x1, 0, 1e-12));
  }
}

TEST(EndpointGuess, TakesOneTimeForTheWholeBatch) {
  const at::Tensor x0 = path_noise({3, 4}, 7), x1 = path_noise({3, 4}, 8);
  const PathSample sample = ot_path(x0, x1, at::full({3}, 0.3, at::kDouble), 0.01);
  EXPECT_TRUE(at::allclose(endpoint_guess(sample.x_t, sample.target, 0.3, 0.01), x1, 0, 1e-12));
  const at::Tensor scalar = at::scalar_tensor(0.3, at::kDouble);
  EXPECT_TRUE(at::allclose(endpoint_guess(sample.x_t, sample.target, scalar, 0.01), x1, 0, 1e-12));
}

}  // namespace
}  // namespace lf::flow
