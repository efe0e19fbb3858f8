#include "flow/divergence.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "base/errors.h"
#include "curve.h"
#include "files/tensors/safetensors.h"
#include "flow/integrate.h"
#include "models/velocity_dit.h"
#include "models/weights/tensor_io.h"
#include "test_paths.h"

namespace lf::flow {
namespace {

at::Tensor noise(at::IntArrayRef shape, uint64_t seed, at::ScalarType type = at::kDouble) {
  return at::randn(shape, at::detail::createCPUGenerator(seed), type);
}

/// v(x) = A x.
VelocityField linear(const at::Tensor& matrix) {
  return [matrix](const at::Tensor& x, double) { return x.mm(matrix.t()); };
}

/// The bundled network with averaged weights: trained, so its curvature is realistic.
models::VelocityDit shipped_net() {
  std::map<std::string, at::Tensor> tensors =
      models::to_tensors(files::read_safetensors(ASSETS "/model.safetensors"));
  models::VelocityDitConfig config;
  config.width = tensors.at("ema.patch.weight").size(0);
  config.mlp_ratio = double(tensors.at("ema.blocks.0.fc1.weight").size(0)) / double(config.width);
  for (config.blocks = 0; tensors.count("ema.blocks." + std::to_string(config.blocks) + ".fc1.weight");)
    ++config.blocks;
  config.precondition = true;
  models::VelocityDit net(config, at::detail::createCPUGenerator(1), false);
  for (const auto& spec : net.parameters().specs())
    net.parameters().named(spec.name).copy_(tensors.at("ema." + spec.name));
  return net;
}

models::VelocityDit random_net() {
  models::VelocityDit net({2, 32, 2, 4, 3, true}, at::detail::createCPUGenerator(1), false);
  at::Generator generator = at::detail::createCPUGenerator(2);
  net.parameters().flat().normal_(0, 0.1, generator);
  return net;
}

/// The field of a network for classes 0, 1, 2, ... of so many samples (repeated for more).
struct Net {
  models::VelocityDit net;
  int64_t samples;

  VelocityField field() const {
    return [this](const at::Tensor& x, double t) {
      const at::Tensor labels = at::arange(samples, at::kLong).remainder(10).repeat(x.size(0) / samples);
      return net.forward(x, at::full({x.size(0)}, t), labels);
    };
  }

  /// States between noise and digit, at time t: (samples, 4, 4, 4).
  at::Tensor points(double t) const {
    IntegrateOptions options;
    options.steps = 6;
    options.t1 = t;
    return integrate(field(), noise({samples, 4, 4, 4}, 14, at::kFloat), options).x.back();
  }

  /// w^T J w by back-propagation: (B).
  at::Tensor along(const at::Tensor& x, double t, const at::Tensor& w) const {
    const at::AutoGradMode grad(true);
    const at::Tensor leaf = x.detach().clone().requires_grad_();
    const auto pulled = torch::autograd::grad({field()(leaf, t)}, {leaf}, {w});
    return pulled[0].mul(w).flatten(1).sum(1);
  }

  /// tr J by back-propagation, one coordinate of v at a time: (B) float64.
  at::Tensor trace(const at::Tensor& x, double t) const {
    const at::AutoGradMode grad(true);
    const at::Tensor leaf = x.detach().clone().requires_grad_();
    const at::Tensor v = field()(leaf, t).flatten(1);
    at::Tensor sum = at::zeros({x.size(0)}, at::kDouble);
    for (int64_t d = 0; d < v.size(1); ++d) {
      const auto slope = torch::autograd::grad({v.select(1, d).sum()}, {leaf}, {}, /*retain_graph=*/true);
      sum += slope[0].flatten(1).select(1, d).to(at::kDouble);
    }
    return sum;
  }
};

double rms_difference(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).square().mean().sqrt().item<double>();
}

TEST(Divergence, OfALinearFieldIsItsTrace) {
  const at::Tensor matrix = noise({6, 6}, 1), x = noise({5, 6}, 2);
  const at::Tensor expected = at::full({5, 1}, matrix.trace().item<double>(), at::kDouble);
  for (const int64_t at_once : {1, 4, 6, 100}) {
    const Divergence exact = exact_divergence(central_difference(linear(matrix)), at_once);
    EXPECT_LT(largest_difference(exact.evaluate(x, 0.5), expected), 1e-10) << at_once;
  }
}

TEST(Divergence, CentralDifferenceIsOfSecondOrder) {
  const VelocityField sine = [](const at::Tensor& x, double t) { return (t * x).sin(); };
  const at::Tensor x = noise({4, 3}, 3), w = noise({4, 3}, 4), exact = 2 * (2 * x).cos() * w;
  const double coarse = largest_difference(central_difference(sine, 0.02)(x, 2, w), exact);
  const double fine = largest_difference(central_difference(sine, 0.01)(x, 2, w), exact);
  EXPECT_NEAR(coarse / fine, 4, 0.02);
}

TEST(Divergence, OfANetIsWhatAutogradGives) {
  const at::NoGradGuard no_grad;
  const Net net{random_net(), 6};
  const at::Tensor x = noise({6, 4, 4, 4}, 5, at::kFloat);
  for (const double t : {0.1, 0.5, 0.95}) {
    const at::Tensor expected = net.trace(x, t).unsqueeze(1);
    for (const int64_t at_once : {1, 64}) {
      const Divergence exact = exact_divergence(central_difference(net.field()), at_once);
      EXPECT_LT(largest_difference(exact.evaluate(x, t), expected), 0.02) << t;
    }
  }
}

// A too short step is dominated by the rounding of float32, a too long one by curvature.
TEST(Divergence, TheStepIsNearTheBestForATrainedNet) {
  const at::NoGradGuard no_grad;
  const Net net{shipped_net(), 10};
  std::map<double, double> error;
  for (const double t : {0.1, 0.9}) {
    const at::Tensor x = net.points(t), exact = net.trace(x, t);
    for (const double step : {0.0002, kDifferenceStep, 0.1}) {
      const at::Tensor found = exact_divergence(central_difference(net.field(), step), 64).evaluate(x, t);
      error[step] = std::max(error[step], rms_difference(found.squeeze(1), exact));
    }
  }
  EXPECT_GT(error[0.0002], 5 * error[kDifferenceStep]);
  EXPECT_GT(error[0.1], 5 * error[kDifferenceStep]);
  EXPECT_LT(error[kDifferenceStep], 0.005);  // of a trace of tens
}

// A probe changes all coordinates at once, which is eight times as far.
TEST(Divergence, TheStepSuitsProbesToo) {
  const at::NoGradGuard no_grad;
  const Net net{shipped_net(), 10};
  for (const double t : {0.1, 0.5, 0.9}) {
    const at::Tensor x = net.points(t), w = noise({10, 4, 4, 4}, 15, at::kFloat).sign();
    const at::Tensor found = central_difference(net.field())(x, t, w).mul(w).flatten(1).sum(1);
    const at::Tensor exact = net.along(x, t, w);
    EXPECT_LT(rms_difference(found, exact), 0.03) << t;
  }
}

TEST(Hutchinson, IsExactWhereTheJacobianIsDiagonal) {
  const VelocityField square = [](const at::Tensor& x, double) { return x.square(); };
  const at::Tensor x = noise({4, 7}, 7);
  const at::Tensor found = hutchinson_divergence(central_difference(square), 3, 8).evaluate(x, 0);
  EXPECT_LT(largest_difference(found, 2 * x.sum(1, true).expand({4, 3})), 1e-10);
}

TEST(Hutchinson, IsRightOnAverageWithTheKnownVariance) {
  const at::Tensor matrix = noise({8, 8}, 9), x = noise({3, 8}, 10);
  const at::Tensor found = hutchinson_divergence(central_difference(linear(matrix)), 4000, 11).evaluate(x, 0);
  const at::Tensor symmetric = (matrix + matrix.t()) / 2;
  // Var(w^T A w) = 2 sum of the squares off the diagonal of A's symmetric part.
  const double variance = 2 * (symmetric.square().sum() - symmetric.diagonal().square().sum()).item<double>();
  const at::Tensor off = (found.mean(1) - matrix.trace()) / std::sqrt(variance / 4000);
  EXPECT_LT(off.abs().max().item<double>(), 4);
  EXPECT_LT(largest_difference(found.var(1) / variance, at::ones({3})), 0.1);
}

TEST(Hutchinson, IsAFunctionOfItsSeed) {
  const at::Tensor matrix = noise({8, 8}, 12), x = noise({3, 8}, 13);
  const auto with = [&](uint64_t seed) {
    return hutchinson_divergence(central_difference(linear(matrix)), 4, seed).evaluate(x, 0);
  };
  EXPECT_TRUE(at::equal(with(1), with(1)));
  EXPECT_FALSE(at::equal(with(1), with(2)));
  EXPECT_GT((with(1)[0] - with(1)[1]).abs().max().item<double>(), 1e-6);  // samples have their own probes
}

TEST(Divergence, RefusesWhatItCannotDo) {
  const DirectionalDerivative derivative = central_difference(linear(at::eye(2)));
  EXPECT_THROW(central_difference(linear(at::eye(2)), 0), InputError);
  EXPECT_THROW(exact_divergence(derivative, 0), InputError);
  EXPECT_THROW(hutchinson_divergence(derivative, 1, 0), InputError);
}

}  // namespace
}  // namespace lf::flow
