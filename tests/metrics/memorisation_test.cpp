#include "metrics/memorisation.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

#include <cmath>

#include "sliced_work.h"

namespace lf::metrics {
namespace {

at::Tensor random_images(int64_t n, uint64_t seed) {
  return at::randint(256, {n, 28, 28}, at::detail::createCPUGenerator(seed), at::kByte);
}

Neighbours search(const at::Tensor& queries, const at::Tensor& train) {
  NeighbourSearch search(queries, train);
  complete_watched(search);
  EXPECT_DOUBLE_EQ(search.progress(), 1);
  return search.finish();
}

TEST(NeighbourSearch, FindsWhatBruteForceFinds) {
  at::Tensor train = random_images(2500, 1), queries = random_images(6, 2);  // three blocks
  Neighbours found = search(queries, train);
  at::Tensor a = queries.flatten(1).to(at::kDouble) / 255, b = train.flatten(1).to(at::kDouble) / 255;
  auto [distances, rows] = (a.unsqueeze(1) - b.unsqueeze(0)).square().sum(2).sqrt().topk(2, 1, false);
  EXPECT_TRUE(at::equal(found.index, rows.select(1, 0)));
  EXPECT_TRUE(at::allclose(found.first.to(at::kDouble), distances.select(1, 0), 1e-5));
  EXPECT_TRUE(at::allclose(found.second.to(at::kDouble), distances.select(1, 1), 1e-5));
}

TEST(NeighbourSearch, GivesExactlyZeroForACopy) {
  at::Tensor train = random_images(1500, 3);
  Neighbours found = search(train.narrow(0, 1200, 5), train);
  EXPECT_EQ(found.index[2].item<int64_t>(), 1202);
  EXPECT_EQ(found.ratio().max().item<float>(), 0);
}

TEST(Memorisation, AlarmsOnCopiesButNotOnFreshImages) {
  at::Tensor train = random_images(2000, 4), labels = at::arange(200) % 10;
  Neighbours real = search(random_images(500, 5), train);
  Memorisation fresh = judge_memorisation(search(random_images(200, 6), train), labels, real);
  EXPECT_FALSE(fresh.alarm);
  EXPECT_LT(fresh.share_below, 0.03);

  at::Tensor mixed = random_images(200, 7);
  mixed.narrow(0, 0, 40).copy_(train.narrow(0, 0, 40));
  Memorisation copied = judge_memorisation(search(mixed, train), labels, real);
  EXPECT_TRUE(copied.alarm);
  EXPECT_NEAR(copied.share_below, 0.2, 0.03);
  EXPECT_NEAR(copied.digit_share[0], 0.2, 0.1);  // copies are spread over all digits
}

TEST(Memorisation, NamesTheDigitThatIsCopied) {
  at::Tensor train = random_images(2000, 8), labels = at::arange(100) % 10, mixed = random_images(100, 9);
  for (int64_t i = 3; i < 100; i += 10) mixed[i].copy_(train[i]);
  Memorisation verdict =
      judge_memorisation(search(mixed, train), labels, search(random_images(500, 10), train));
  EXPECT_EQ(verdict.digit_share[3], 1);
  EXPECT_EQ(verdict.digit_ratio[3], 0);
  EXPECT_LT(verdict.digit_share[4], 0.5);
  EXPECT_TRUE(
      std::isnan(judge_memorisation(search(mixed, train), labels * 0, search(mixed, train)).digit_ratio[9]));
}

}  // namespace
}  // namespace lf::metrics
