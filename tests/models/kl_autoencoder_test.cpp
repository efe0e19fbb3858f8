#include "models/kl_autoencoder.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "models/kl_layout.h"
#include "test_paths.h"

namespace lf::models {
namespace {

at::Generator kl_generator(uint64_t seed) { return at::make_generator<at::CPUGeneratorImpl>(seed); }

TEST(KlAutoencoder, NamesAndShapesAreThoseOfTheReference) {
  std::ifstream file(FIXTURES "/shapes_small.json");
  const auto shapes = nlohmann::json::parse(file);
  auto expected = shapes.at("sd_vae");
  ASSERT_EQ(expected.size(), 248u);
  int64_t count = 0;
  for (const auto& spec : kl_layout(KlAutoencoderConfig{})) {
    ASSERT_TRUE(expected.contains(spec.name)) << spec.name;
    EXPECT_EQ(expected.at(spec.name).get<std::vector<int64_t>>(), spec.shape) << spec.name;
    expected.erase(spec.name);
    count += at::empty(spec.shape, at::TensorOptions(at::kMeta)).numel();
  }
  EXPECT_TRUE(expected.empty()) << expected.dump();
  EXPECT_EQ(count, shapes.at("sd_vae_parameters").get<int64_t>());
}

TEST(KlAutoencoder, EveryScaleHalvesTheSide) {
  at::NoGradGuard no_grad;
  const KlAutoencoder net({{32, 96, 64}, 2, 3, 1}, kl_generator(1));
  const Posterior q = net.encode(at::rand({2, 1, 16, 24}));
  EXPECT_EQ(q.mean.sizes(), (at::IntArrayRef{2, 3, 4, 6}));
  EXPECT_EQ(q.log_variance.sizes(), q.mean.sizes());
  EXPECT_EQ(net.decode(q.mean).sizes(), (at::IntArrayRef{2, 1, 16, 24}));
}

TEST(KlAutoencoder, LogVarianceIsClamped) {
  at::NoGradGuard no_grad;
  KlAutoencoder net({{32}, 1, 2, 1}, kl_generator(1));
  auto bias = net.parameters().named("quant_conv.bias");
  bias.narrow(0, 2, 1).fill_(1000);
  bias.narrow(0, 3, 1).fill_(-1000);
  const Posterior q = net.encode(at::rand({1, 1, 4, 4}));
  EXPECT_EQ(q.log_variance.select(1, 0).min().item<float>(), 20);
  EXPECT_EQ(q.log_variance.select(1, 1).max().item<float>(), -30);
}

TEST(KlAutoencoder, WidthsThatTheNormsCannotSplitAreRefused) {
  EXPECT_THROW(KlAutoencoder({{48}, 1, 4, 3}, kl_generator(1)), InputError);
  EXPECT_THROW(KlAutoencoder({{}, 1, 4, 3}, kl_generator(1)), InputError);
  EXPECT_THROW(KlAutoencoder({{32}, 0, 4, 3}, kl_generator(1)), InputError);
}

}  // namespace
}  // namespace lf::models
