#include "models/velocity_inference.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/classes.h"
#include "base/errors.h"

namespace lf::models {
namespace {

/// Random everywhere: modulation and output that start at zero would hide most errors.
VelocityDit random_inference_net(const VelocityDitConfig& config) {
  auto g = at::make_generator<at::CPUGeneratorImpl>(2);
  VelocityDit net(config, g, /*trainable=*/true);
  const at::NoGradGuard no_grad;
  for (size_t i = 0; i < net.parameters().size(); ++i) {
    const at::Tensor values = net.parameters()[i].detach();
    const auto inputs = static_cast<double>(values.dim() > 1 ? values.size(1) : 16);
    values.normal_(0, 1 / std::sqrt(inputs), g);
  }
  return net;
}

struct Query {
  at::Tensor x, t, labels;
  Query part(int64_t first, int64_t count) const {
    return {x.narrow(0, first, count), t.narrow(0, first, count), labels.narrow(0, first, count)};
  }
};

/// Labels of all kinds; times all different or all the same.
Query random_query(int64_t size, bool one_time) {
  auto g = at::make_generator<at::CPUGeneratorImpl>(3);
  return {at::randn({size, 4, 4, 4}, g, at::kFloat),
          one_time ? at::full({size}, 0.375, at::kFloat) : at::rand({size}, g, at::kFloat),
          at::randint(kNoClass + 1, {size}, g, at::kLong)};
}

VelocityInference inference_of(const VelocityDit& net,
                               kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32) {
  return VelocityInference(net, std::make_shared<const PackedVelocityDit>(net, arithmetic));
}

at::Tensor velocity(VelocityInference& inference, const Query& q) {
  return inference.velocity(q.x, q.t, q.labels);
}

const std::vector<VelocityDitConfig>& configs() {
  static const std::vector<VelocityDitConfig> all{
      {2, 128, 4, 4, 3},        // the fast preset
      {1, 24, 2, 3, 2.5},       // 16 tokens
      {1, 128, 1, 2, 0.5},      // heads of 64, a hidden layer narrower than queries, keys and values
      {4, 16, 2, 2, 4},         // a single token
      {2, 20, 3, 4, 1},         // heads of 5
      {2, 16, 0, 2, 3},         // no block at all
      {2, 128, 2, 4, 3, true},  // beside a Gaussian velocity
  };
  return all;
}

TEST(VelocityInference, IsThePlainForward) {
  const at::NoGradGuard no_grad;
  for (const auto& config : configs()) {
    const VelocityDit net = random_inference_net(config);
    VelocityInference inference = inference_of(net);
    for (const int64_t size : {1, 7, 300, 2, 0}) {
      for (const bool one_time : {true, false}) {
        const Query q = random_query(size, one_time);
        const at::Tensor expected = net.forward(q.x, q.t, q.labels), ours = velocity(inference, q);
        ASSERT_EQ(ours.sizes(), expected.sizes());
        if (size == 0) continue;
        const double scale = expected.abs().max().item<double>();
        EXPECT_LE((ours - expected).abs().max().item<double>(), 1e-5 * scale)
            << size << " digits with patch " << config.patch << ", width " << config.width;
      }
    }
  }
}

TEST(VelocityInference, ADigitHasTheSameBytesInEveryCompany) {
  for (const auto& config : configs()) {
    const VelocityDit net = random_inference_net(config);
    VelocityInference inference = inference_of(net);
    for (const bool one_time : {true, false}) {
      const Query q = random_query(61, one_time);
      const at::Tensor all = velocity(inference, q);
      for (const auto& [first, count] :
           std::vector<std::pair<int64_t, int64_t>>{{0, 30}, {30, 31}, {60, 1}}) {
        EXPECT_TRUE(at::equal(velocity(inference, q.part(first, count)), all.narrow(0, first, count)))
            << "width " << config.width << ", from " << first;
      }
    }
  }
}

TEST(VelocityInference, InBfloat16IsNearlyThePlainForward) {
  const at::NoGradGuard no_grad;
  for (const auto& config : configs()) {
    const VelocityDit net = random_inference_net(config);
    VelocityInference inference = inference_of(net, kernels::Arithmetic::BFloat16);
    const Query q = random_query(50, /*one_time=*/true);
    const at::Tensor expected = net.forward(q.x, q.t, q.labels), ours = velocity(inference, q);
    EXPECT_LT(((ours - expected).norm() / expected.norm()).item<double>(), 0.02) << "width " << config.width;
    EXPECT_TRUE(at::equal(velocity(inference, q.part(20, 7)), ours.narrow(0, 20, 7)));
  }
}

TEST(VelocityInference, KeepsTheWeightsItWasMadeFrom) {
  VelocityDit net = random_inference_net({2, 16, 1, 2, 3});
  VelocityInference before = inference_of(net);
  const Query q = random_query(3, true);
  const at::Tensor first = velocity(before, q);
  net.parameters().flat().mul_(1.1);
  VelocityInference after = inference_of(net);
  EXPECT_TRUE(at::equal(velocity(before, q), first));
  EXPECT_FALSE(at::allclose(velocity(after, q), first));
}

TEST(VelocityInference, RefusesOtherShapes) {
  const VelocityDit net = random_inference_net({2, 16, 1, 2, 3});
  VelocityInference inference = inference_of(net);
  const Query q = random_query(3, true), fewer = q.part(0, 2);
  EXPECT_THROW(velocity(inference, {fewer.x, q.t, q.labels}), InputError);
  EXPECT_THROW(velocity(inference, {q.x, fewer.t, q.labels}), InputError);
  EXPECT_THROW(velocity(inference, {q.x, q.t, fewer.labels}), InputError);
  EXPECT_THROW(velocity(inference, {q.x.to(at::kDouble), q.t, q.labels}), InputError);
}

}  // namespace
}  // namespace lf::models
