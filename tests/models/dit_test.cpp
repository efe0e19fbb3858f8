#include "models/dit.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "test_paths.h"

namespace lf::models {
namespace {

at::Generator dit_generator(uint64_t seed) { return at::make_generator<at::CPUGeneratorImpl>(seed); }

DitConfig config(int64_t size, int64_t patch, int64_t channels, int64_t width, int64_t depth, int64_t heads) {
  return {size, patch, channels, width, depth, heads, 4};
}

Dit random_dit(const DitConfig& c) {
  Dit net(c, dit_generator(1), false);
  auto g = dit_generator(2);
  net.parameters().flat().normal_(0, 0.1, g);  // zero-initialised outputs would hide everything
  return net;
}

std::string complaint(const DitConfig& c) {
  try {
    Dit(c, dit_generator(1), false);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Dit, NamesAndShapesAreThoseOfTheReference) {
  std::ifstream file(FIXTURES "/shapes_small.json");
  const auto shapes = nlohmann::json::parse(file);
  int64_t count = 0;
  auto expected = shapes.at("dit_b_2");
  expected.erase("pos_embed");
  for (const auto& spec : dit_layout(DitConfig{})) {
    ASSERT_TRUE(expected.contains(spec.name)) << spec.name;
    EXPECT_EQ(expected.at(spec.name).get<std::vector<int64_t>>(), spec.shape) << spec.name;
    expected.erase(spec.name);
    count += at::empty(spec.shape, at::TensorOptions(at::kMeta)).numel();
  }
  EXPECT_TRUE(expected.empty()) << expected.dump();
  EXPECT_EQ(count, shapes.at("dit_b_2_parameters").get<int64_t>());
}

TEST(Dit, StartsAsZeroField) {
  at::NoGradGuard no_grad;
  const Dit net(config(4, 2, 4, 64, 2, 4), dit_generator(1), false);
  EXPECT_EQ(net.forward(at::randn({3, 4, 4, 4}), at::rand({3})).abs().max().item<float>(), 0);
}

TEST(Dit, ProbingSeesTheSamePass) {
  at::NoGradGuard no_grad;
  const Dit net = random_dit(config(4, 2, 4, 32, 2, 4));
  const at::Tensor x = at::randn({3, 4, 4, 4}), t = at::rand({3});
  VelocityProbe probe;
  EXPECT_TRUE(at::equal(net.probe(x, t, {}, probe), net.forward(x, t)));
  EXPECT_TRUE(at::equal(probe.time_features, dit_time_features(t)));
  ASSERT_EQ(probe.blocks.size(), 2u);
  EXPECT_TRUE(at::allclose(probe.blocks[1].attention.sum(-1), at::ones({3, 4, 4})));
  EXPECT_GT(probe.blocks[1].branch.min().item<float>(), 0);
}

TEST(Dit, InitialDeviationsFollowXavier) {
  const Dit net(config(4, 2, 4, 256, 1, 4), dit_generator(1), false);
  const auto deviation = [&](const char* name) { return net.parameters().named(name).std().item<double>(); };
  EXPECT_NEAR(deviation("blocks.0.attn.qkv.weight"), std::sqrt(2.0 / (4 * 256)), 5e-4);
  EXPECT_NEAR(deviation("blocks.0.mlp.fc1.weight"), std::sqrt(2.0 / (5 * 256)), 5e-4);
  EXPECT_NEAR(deviation("x_embedder.proj.weight"), std::sqrt(2.0 / (256 + 16)), 2e-3);
  EXPECT_NEAR(deviation("t_embedder.mlp.0.weight"), 0.02, 2e-4);
}

TEST(Dit, TimeFeaturesAreCosinesThenSines) {
  const at::Tensor f = dit_time_features(at::tensor({0.0f, 0.5f}));
  ASSERT_EQ(f.sizes(), (at::IntArrayRef{2, 256}));
  EXPECT_EQ(f[0].narrow(0, 0, 128).min().item<float>(), 1);
  EXPECT_EQ(f[0].narrow(0, 128, 128).abs().max().item<float>(), 0);
  for (const int64_t k : {0, 1, 64, 127}) {
    const double angle = 0.5 * std::pow(10000.0, -static_cast<double>(k) / 128);
    EXPECT_NEAR(f[1][k].item<double>(), std::cos(angle), 1e-6);
    EXPECT_NEAR(f[1][128 + k].item<double>(), std::sin(angle), 1e-6);
  }
}

TEST(Dit, PositionsPutTheColumnFirst) {
  const at::Tensor p = dit_positions(3, 16)[0];  // token 5 is row 1, column 2
  ASSERT_EQ(p.sizes(), (at::IntArrayRef{9, 16}));
  for (int64_t k = 0; k < 4; ++k) {
    const double frequency = std::pow(10000.0, -static_cast<double>(k) / 4);
    EXPECT_NEAR(p[5][k].item<double>(), std::sin(2 * frequency), 1e-6);
    EXPECT_NEAR(p[5][4 + k].item<double>(), std::cos(2 * frequency), 1e-6);
    EXPECT_NEAR(p[5][8 + k].item<double>(), std::sin(1 * frequency), 1e-6);
    EXPECT_NEAR(p[5][12 + k].item<double>(), std::cos(1 * frequency), 1e-6);
  }
}

TEST(Dit, OddSizesThatAreValidWork) {
  at::NoGradGuard no_grad;
  for (const DitConfig& c :
       {config(9, 3, 3, 48, 2, 3), config(5, 1, 1, 32, 1, 1), config(7, 7, 2, 16, 1, 2)}) {
    const Dit net = random_dit(c);
    const at::Tensor x = at::randn({2, c.channels, c.input_size, c.input_size}), t = at::rand({2});
    const at::Tensor both = net.forward(x, t);
    EXPECT_EQ(both.sizes(), x.sizes());
    const at::Tensor one = net.forward(x.narrow(0, 1, 1), t.narrow(0, 1, 1));
    EXPECT_LT((both.narrow(0, 1, 1) - one).abs().max().item<float>(), 1e-5);
  }
}

TEST(Dit, SizesThatDoNotFitAreRefused) {
  EXPECT_NE(complaint(config(5, 2, 4, 64, 1, 4)).find("patches of 2"), std::string::npos);
  EXPECT_NE(complaint(config(4, 2, 4, 66, 1, 2)).find("multiple of 4"), std::string::npos);
  EXPECT_NE(complaint(config(4, 2, 4, 64, 1, 5)).find("5 heads"), std::string::npos);
  EXPECT_NE(complaint(config(4, 2, 0, 64, 1, 4)).find("in_channels"), std::string::npos);
}

}  // namespace
}  // namespace lf::models
