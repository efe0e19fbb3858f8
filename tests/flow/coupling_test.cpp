#include "flow/coupling.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"

namespace lf::flow {
namespace {

at::Tensor coupled_noise(at::IntArrayRef shape, uint64_t seed) {
  return at::randn(shape, at::detail::createCPUGenerator(seed));
}

/// A batch with separate classes, like latents.
struct Batch {
  at::Tensor labels = at::arange(256).remainder(10);
  at::Tensor x0 = coupled_noise({256, 4, 4, 4}, 1);
  at::Tensor x1 =
      0.7 * coupled_noise({256, 4, 4, 4}, 2) + coupled_noise({10, 4, 4, 4}, 3).index_select(0, labels);
};

bool is_pairing(const at::Tensor& rows) {
  return at::equal(std::get<0>(rows.sort()), at::arange(rows.numel(), at::kLong));
}

TEST(Coupling, IndependentPairsAreAsDrawn) {
  const Batch batch;
  const Coupling pairs = couple(CouplingLaw::Independent, batch.x0, batch.x1, batch.labels);
  EXPECT_TRUE(at::equal(pairs.noise_row, at::arange(256, at::kLong)));
  EXPECT_EQ(pairs.cost, pairs.independent_cost);
  const double expected = (batch.x1 - batch.x0).square().flatten(1).sum(1).mean().item<double>();
  EXPECT_NEAR(pairs.cost, expected, 1e-4);
}

TEST(Coupling, TransportIsCheaperAndWithinDigitsInBetween) {
  const Batch batch;
  const Coupling free = couple(CouplingLaw::OptimalTransport, batch.x0, batch.x1);
  const Coupling within = couple(CouplingLaw::LabelAware, batch.x0, batch.x1, batch.labels);
  EXPECT_TRUE(is_pairing(free.noise_row));
  EXPECT_TRUE(is_pairing(within.noise_row));
  EXPECT_LT(within.cost, within.independent_cost);
  EXPECT_LT(free.cost, within.cost);
  EXPECT_FALSE(free.skew.has_value());
}

TEST(Coupling, CostIsThatOfItsPairs) {
  const Batch batch;
  const Coupling pairs = couple(CouplingLaw::OptimalTransport, batch.x0, batch.x1);
  const at::Tensor paired = batch.x0.index_select(0, pairs.noise_row);
  EXPECT_NEAR(pairs.cost, (batch.x1 - paired).square().flatten(1).sum(1).mean().item<double>(), 1e-4);
}

TEST(Coupling, FindsTheNoiseThatLiesOnTheData) {
  const at::Tensor x1 = coupled_noise({40, 8}, 4),
                   order = at::randperm(40, at::detail::createCPUGenerator(5));
  const Coupling pairs = couple(CouplingLaw::OptimalTransport, x1.index_select(0, order), x1);
  EXPECT_TRUE(at::equal(order.index_select(0, pairs.noise_row), at::arange(40, at::kLong)));
  EXPECT_NEAR(pairs.cost, 0, 1e-12);
}

TEST(Coupling, WithinDigitsEachKeepsItsNoise) {
  const Batch batch;
  const Coupling pairs = couple(CouplingLaw::LabelAware, batch.x0, batch.x1, batch.labels);
  EXPECT_TRUE(at::equal(batch.labels.index_select(0, pairs.noise_row), batch.labels));
  const Coupling drawn = couple(CouplingLaw::Independent, batch.x0, batch.x1, batch.labels);
  EXPECT_NEAR(pairs.skew->excess, drawn.skew->excess, 1e-12);
}

TEST(Coupling, OnlyTransportOverTheWholeBatchSkewsTheDigits) {
  const Batch batch;
  EXPECT_GT(couple(CouplingLaw::OptimalTransport, batch.x0, batch.x1, batch.labels).skew->deviations, 8);
  const ClassSkew kept = *couple(CouplingLaw::LabelAware, batch.x0, batch.x1, batch.labels).skew;
  EXPECT_LT(std::abs(kept.deviations), 4);
}

TEST(ClassSkew, IsZeroByChanceAndMeasuresAShift) {
  const at::Tensor labels = at::arange(100).remainder(5);
  std::vector<double> by_chance;
  double shifted = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    const at::Tensor x = coupled_noise({100, 16}, 1000 + seed);
    by_chance.push_back(class_skew(x, labels).deviations);
    // Digit 0, a fifth of all, moves by 1 in each of 16 coordinates: 16 / 5.
    shifted += class_skew(x + labels.eq(0).unsqueeze(1), labels).excess / 300;
  }
  const at::Tensor deviations = at::tensor(by_chance, at::kDouble);
  EXPECT_NEAR(deviations.mean().item<double>(), 0, 4 / std::sqrt(300.0));
  EXPECT_NEAR(deviations.std().item<double>(), 1, 0.2);
  EXPECT_NEAR(shifted, 16 / 5.0, 0.1);
}

TEST(Coupling, LawsHaveNames) {
  for (const auto& [name, law] : coupling_laws()) EXPECT_EQ(coupling_law_from_name(name), law);
  EXPECT_THROW(coupling_law_from_name("best"), InputError);
}

TEST(Coupling, RefusesWhatItCannotDo) {
  const at::Tensor x = coupled_noise({4, 3}, 6);
  EXPECT_THROW(couple(CouplingLaw::LabelAware, x, x), InputError);
  EXPECT_THROW(couple(CouplingLaw::Independent, x, coupled_noise({5, 3}, 7)), InputError);
  EXPECT_THROW(couple(CouplingLaw::Independent, x, x, at::arange(3)), InputError);
  EXPECT_THROW(class_skew(x, at::arange(3)), InputError);
}

}  // namespace
}  // namespace lf::flow
