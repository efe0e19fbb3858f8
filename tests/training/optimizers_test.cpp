#include "training/optimizers.h"

#include <gtest/gtest.h>

#include "data/generator.h"
#include "models/conv_autoencoder.h"
#include "models/velocity_dit.h"

namespace lf::training {
namespace {

TEST(HiddenMatrices, OfAConvolutionalAutoencoder) {
  const models::ConvAutoencoder net(models::conv_autoencoder_config("conv-24-48-48"),
                                    data::make_generator(1, Purpose::AutoencoderInit), true);
  std::vector<std::pair<int64_t, int64_t>> shapes;
  for (const optim::FlatMatrix& m : hidden_matrices(net.parameters())) shapes.emplace_back(m.rows, m.columns);
  const std::vector<std::pair<int64_t, int64_t>> expected{{48, 24 * 9}, {48, 48 * 9}, {48, 4 * 9},
                                                          {48, 48 * 9}, {48, 48 * 9}, {16, 48 * 9}};
  EXPECT_EQ(shapes, expected) << "without the first layer (9 columns) and the posterior (8 rows)";
}

TEST(HiddenMatrices, PackedWeightsCountAsSeveral) {
  const models::VelocityDit net({2, 32, 1, 4, 3}, data::make_generator(1, Purpose::FlowInit), true);
  const auto matrices = hidden_matrices(net.parameters(), "blocks.");
  ASSERT_EQ(matrices.size(), 3 + 1 + 1 + 1u) << "q, k, v; proj; fc1; fc2";
  const at::Tensor qkv = net.parameters().named("blocks.0.qkv.weight");
  for (int64_t i = 0; i < 3; ++i) {
    const optim::FlatMatrix& m = matrices[static_cast<size_t>(i)];
    EXPECT_EQ(m.rows, 32);
    const at::Tensor values =
        net.parameters().flat().narrow(0, m.offset, m.rows * m.columns).view({m.rows, m.columns});
    EXPECT_TRUE(at::equal(values, qkv.narrow(0, 32 * i, 32)));
  }
}

TEST(MakeOptimizer, MuonAndAdamWMoveDifferently) {
  for (const bool muon : {false, true}) {
    const models::VelocityDit net({2, 32, 1, 4, 3}, data::make_generator(1, Purpose::FlowInit), true);
    OptimizerOptions options;
    options.muon = muon;
    options.rate = 0.01;
    const auto optimizer = make_optimizer(net.parameters(), options, "blocks.");
    EXPECT_EQ(dynamic_cast<optim::Muon*>(optimizer.get()) != nullptr, muon);
    const at::Tensor before = net.parameters().named("blocks.0.proj.weight").detach().clone();
    net.parameters().flat_gradient().copy_(at::sin(at::arange(net.parameters().count(), at::kFloat)));
    optimizer->step(0.01);
    const at::Tensor moved = net.parameters().named("blocks.0.proj.weight").detach() - before;
    const double largest = moved.abs().max().item<double>();
    // Adam's first step is the learning rate for every number; an orthogonal one spreads over rows
    // and columns.
    EXPECT_EQ(std::abs(largest - 0.01) < 1e-4, !muon) << largest;
  }
}

TEST(RangeOptimizer, MovesItsRangeAloneAndAsTheWholeOneDoes) {
  for (const bool muon : {false, true}) {
    const auto config = models::conv_autoencoder_config("conv-24-48-48");
    const models::ConvAutoencoder net(config, data::make_generator(1, Purpose::AutoencoderInit), true);
    const models::ConvAutoencoder twin(config, data::make_generator(1, Purpose::AutoencoderInit), true);
    OptimizerOptions options;
    options.muon = muon;
    options.adamw.weight_decay = 0.1;
    options.muon_turns = 1;
    const ParameterRange range = range_of(net.parameters(), "decoder.");
    EXPECT_EQ(range.first + range.count, net.parameters().count()) << "the decoder comes last";
    const at::Tensor encoder = net.parameters().flat().narrow(0, 0, range.first);
    const at::Tensor before = encoder.clone();
    const auto part = make_range_optimizer(net.parameters(), options, "decoder.");
    const auto whole = make_optimizer(twin.parameters(), options);
    EXPECT_EQ(part->moments().first.numel(), range.count);
    for (int step = 0; step < 3; ++step) {
      for (const models::ConvAutoencoder* one : {&net, &twin})
        one->parameters().flat_gradient().copy_(at::sin(at::arange(net.parameters().count(), at::kFloat)));
      part->step(0.01);
      whole->step(0.01);
    }
    EXPECT_TRUE(at::equal(encoder, before)) << "not even its weights decay";
    EXPECT_TRUE(
        at::allclose(range.of(net.parameters().flat()), range.of(twin.parameters().flat()), 1e-5, 1e-6));
    EXPECT_GT(net.parameters().flat_gradient().narrow(0, 0, range.first).abs().max().item<double>(), 0.5)
        << "gradients of others are not its business";
  }
}

}  // namespace
}  // namespace lf::training
