#include "flow/likelihood.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"
#include "curve.h"
#include "exact_flow.h"
#include "flow/exact_field.h"
#include "gaussian_field.h"
#include "sliced_work.h"

namespace lf::flow {
namespace {

constexpr double kLikelihoodPi = 3.14159265358979323846;

at::Tensor likelihood_noise(at::IntArrayRef shape, uint64_t seed) {
  return at::randn(shape, at::detail::createCPUGenerator(seed), at::kDouble);
}

/// ln N(x; mean, diag(deviation^2)), (B); x (B, D).
at::Tensor log_gaussian(const at::Tensor& x, const at::Tensor& mean, const at::Tensor& deviation) {
  const at::Tensor z = (x - mean) / deviation;
  return -(0.5 * z.square() + deviation.log() + 0.5 * std::log(2 * kLikelihoodPi)).sum(1);
}

struct Gauss {
  GaussianField field{likelihood_noise({5}, 1), likelihood_noise({5}, 2).abs() + 0.2, 0.01};
  at::Tensor width = (field.deviation.square() + 1e-4).sqrt();
  at::Tensor x = field.mean + width * likelihood_noise({9, 5}, 3);
  at::Tensor expected = log_gaussian(x, field.mean, width);

  VelocityField velocity() const {
    return [field = field](const at::Tensor& x, double t) { return field.velocity(x, t); };
  }
  double error(const LikelihoodOptions& options) const {
    const Divergence exact = exact_divergence(central_difference(velocity()), 5);
    return largest_difference(log_likelihood(x, velocity(), exact, options).nats, expected);
  }
};

TEST(Likelihood, OfAGaussianIsItsDensity) {
  const Gauss gauss;
  EXPECT_LT(gauss.error({"rk4", 40}), 1e-3);
  EXPECT_LT(gauss.error({"midpoint", 100}), 0.05);
  const Divergence exact = exact_divergence(central_difference(gauss.velocity()));
  const LogLikelihood found = log_likelihood(gauss.x, gauss.velocity(), exact, {"rk4", 40});
  EXPECT_LT(largest_difference(found.x0, gauss.field.solution(gauss.x, 1, 0)), 1e-3);
  EXPECT_EQ(found.standard_error.abs().max().item<double>(), 0);
}

TEST(Likelihood, ConvergesWithTheOrderOfTheSolver) {
  const Gauss gauss;
  EXPECT_NEAR(std::log2(gauss.error({"rk4", 40}) / gauss.error({"rk4", 80})), 4, 0.5);
  EXPECT_NEAR(std::log2(gauss.error({"midpoint", 80}) / gauss.error({"midpoint", 160})), 2, 0.3);
}

// v = A x transports N(0, I) to N(0, e^A e^A^T): ln p(x) = ln N(e^-A x) - tr A.
TEST(Likelihood, OfALinearFieldIsKnown) {
  const at::Tensor matrix = 0.5 * likelihood_noise({4, 4}, 4), x = likelihood_noise({7, 4}, 5);
  const VelocityField field = [&](const at::Tensor& at_x, double) { return at_x.mm(matrix.t()); };
  const at::Tensor back = x.mm(at::linalg_matrix_exp(-matrix).t());
  const at::Tensor expected = log_gaussian(back, at::zeros({4}), at::ones({4})) - matrix.trace();
  const Divergence exact = exact_divergence(central_difference(field), 4);
  EXPECT_LT(largest_difference(log_likelihood(x, field, exact, {"rk4", 40}).nats, expected), 1e-5);
}

// The exact field of two posteriors transports the prior to their mixture: a non-linear flow.
TEST(Likelihood, OfTheExactFieldIsTheMixtureOfItsData) {
  const at::Tensor mean = at::tensor({-1.0, 1.5}, at::kDouble).view({2, 1});
  const at::Tensor deviation = at::tensor({0.4, 0.7}, at::kDouble).view({2, 1});
  const VelocityField field = as_velocity(ExactField(mean, deviation, 0));
  const at::Tensor x = at::linspace(-4, 5, 400, at::kDouble).unsqueeze(1);
  const Divergence exact = exact_divergence(central_difference(field, 0.001));
  const at::Tensor nats = log_likelihood(x, field, exact, {"rk4", 100}).nats;
  const at::Tensor both =
      at::stack({log_gaussian(x, mean[0], deviation[0]), log_gaussian(x, mean[1], deviation[1])});
  const at::Tensor expected = at::logsumexp(both, at::IntArrayRef{int64_t{0}}) - std::log(2.0);
  EXPECT_LT(largest_difference(nats, expected), 1e-3);
  EXPECT_NEAR(at::trapezoid(nats.exp(), x.squeeze(1)).item<double>(), 1, 2e-3);
}

TEST(Likelihood, InFloat32IsGoodToHundredthsOfANat) {
  const Gauss gauss;
  const GaussianField narrow{gauss.field.mean.to(at::kFloat), gauss.field.deviation.to(at::kFloat), 0.01};
  const VelocityField field = [&](const at::Tensor& x, double t) {
    EXPECT_EQ(x.scalar_type(), at::kFloat);
    return narrow.velocity(x, t);
  };
  const Divergence exact = exact_divergence(central_difference(field), 5);
  const LogLikelihood found = log_likelihood(
      gauss.x.to(at::kFloat).view({9, 5, 1}),
      [&](const at::Tensor& x, double t) { return field(x.squeeze(2), t).unsqueeze(2); },
      {1, [&](const at::Tensor& x, double t) { return exact.evaluate(x.squeeze(2), t); }}, {"rk4", 40});
  EXPECT_LT(largest_difference(found.nats, gauss.expected), 0.01);
  EXPECT_EQ(found.x0.sizes(), (at::IntArrayRef{9, 5, 1}));
  EXPECT_EQ(found.x0.scalar_type(), at::kFloat);
}

TEST(Likelihood, ProbesAgreeWithTheTraceWithinTheirError) {
  const at::Tensor matrix = 0.5 * likelihood_noise({12, 12}, 6), x = likelihood_noise({40, 12}, 7);
  const VelocityField field = [&](const at::Tensor& at_x, double t) { return at_x.mm(matrix.t()).sin() * t; };
  const DirectionalDerivative derivative = central_difference(field);
  const at::Tensor exact = log_likelihood(x, field, exact_divergence(derivative, 12)).nats;
  const LogLikelihood probed = log_likelihood(x, field, hutchinson_divergence(derivative, 64, 8));
  const at::Tensor off = (probed.nats - exact) / probed.standard_error;
  EXPECT_GT(probed.standard_error.min().item<double>(), 0);
  EXPECT_LT(off.abs().max().item<double>(), 4);
  EXPECT_NEAR(off.square().mean().sqrt().item<double>(), 1,
              0.35);  // the error is neither too small nor too large
}

TEST(Likelihood, StopsBetweenAnyTwoEvaluations) {
  const Gauss gauss;
  LikelihoodRun run(gauss.x, gauss.velocity(), exact_divergence(central_difference(gauss.velocity())),
                    {"rk4", 3});
  EXPECT_EQ(complete_watched(run), 12);
  EXPECT_EQ(run.progress(), 1);
}

TEST(Likelihood, InBitsPerDimension) {
  // A uniform density of height 1/8 = e^(nats/D) has 3 bits per dimension.
  EXPECT_NEAR(bits_per_dimension(at::full({1}, -64 * std::log(8.0), at::kDouble), 64).item<double>(), 3,
              1e-12);
}

TEST(Likelihood, RefusesWhatItCannotDo) {
  const Gauss gauss;
  const Divergence exact = exact_divergence(central_difference(gauss.velocity()));
  EXPECT_THROW(log_likelihood(at::empty({0, 5}), gauss.velocity(), exact), InputError);
  EXPECT_THROW(log_likelihood(gauss.x, gauss.velocity(), exact, {"best", 4}), InputError);
}

}  // namespace
}  // namespace lf::flow
