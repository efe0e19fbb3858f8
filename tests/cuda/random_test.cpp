#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include "cuda/philox.h"
#include "cuda/shuffle.h"

namespace lf::cuda {
namespace {

void expect_words(const PhiloxWords& found, std::array<uint32_t, 4> expected) {
  for (size_t i = 0; i < 4; ++i) EXPECT_EQ(found.w[i], expected[i]) << "word " << i;
}

TEST(Philox, GivesThePublishedWords) {  // the known results published with Random123
  expect_words(philox({{0, 0, 0, 0}}, 0), {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  const uint32_t ones = 0xffffffff;
  expect_words(philox({{ones, ones, ones, ones}}, ~uint64_t{0}),
               {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  expect_words(philox({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, 0x299f31d0a4093822ull),
               {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST(Philox, UniformsLieBelowOne) {
  EXPECT_EQ(unit_uniform(0), 0.0f);
  EXPECT_LT(unit_uniform(0xffffffff), 1.0f);
}

TEST(Philox, NormalsHaveTheMomentsOfANormal) {
  constexpr int kQuads = 100000;
  double sums[5] = {}, products[3] = {}, furthest = 0;
  for (uint64_t i = 0; i < kQuads; ++i) {
    float x[4];
    normal_quad(42, /*step=*/7, i, x);
    for (const float value : x) {
      for (int power = 1; power <= 4; ++power) sums[power] += std::pow(value, power);
      furthest = std::max(furthest, std::fabs(static_cast<double>(value)));
    }
    for (int k = 0; k < 3; ++k) products[k] += x[0] * x[k + 1];
  }
  const double n = 4.0 * kQuads;
  EXPECT_NEAR(sums[1] / n, 0, 0.006);
  EXPECT_NEAR(sums[2] / n, 1, 0.01);
  EXPECT_NEAR(sums[3] / n, 0, 0.02);
  EXPECT_NEAR(sums[4] / n, 3, 0.08);
  EXPECT_GT(furthest, 4);
  for (const double product : products) EXPECT_NEAR(product / kQuads, 0, 0.015);
}

TEST(Philox, StepsAndKeysDrawOtherNumbers) {
  float a[4], step[4], key[4], again[4];
  normal_quad(1, 5, 9, a);
  normal_quad(1, 6, 9, step);
  normal_quad(2, 5, 9, key);
  normal_quad(1, 5, 9, again);
  for (int k = 0; k < 4; ++k) {
    EXPECT_NE(a[k], step[k]);
    EXPECT_NE(a[k], key[k]);
    EXPECT_EQ(a[k], again[k]);
  }
}

TEST(Philox, TheSmallestUniformGivesAFiniteNormal) {
  float x[2];
  normal_pair(0, 0, x);
  EXPECT_NEAR(x[0], std::sqrt(2 * 32 * std::log(2.0)), 1e-4);
  normal_pair(0xffffffff, 0, x);
  EXPECT_EQ(x[0], 0.0f);
}

TEST(Shuffle, IsAPermutationOfAnyLength) {
  for (const uint64_t count : {1u, 2u, 3u, 4u, 5u, 17u, 64u, 1000u, 60000u}) {
    std::vector<bool> seen(count);
    for (uint64_t i = 0; i < count; ++i) {
      const uint64_t place = shuffled(i, count, 99);
      ASSERT_LT(place, count);
      ASSERT_FALSE(seen[place]) << "twice " << place << " of " << count;
      seen[place] = true;
    }
  }
}

TEST(Shuffle, LeavesFewPlacesAsTheyWere) {
  constexpr uint64_t kCount = 60000;
  int fixed = 0, neighbours = 0;
  for (uint64_t i = 0; i < kCount; ++i) {
    const uint64_t here = shuffled(i, kCount, 7), next = shuffled((i + 1) % kCount, kCount, 7);
    fixed += here == i;
    neighbours += next == here + 1;
  }
  EXPECT_LT(fixed, 12);  // one is expected of a random permutation
  EXPECT_LT(neighbours, 12);
}

TEST(Shuffle, SpreadsEveryPlaceEvenlyOverKeys) {
  double sum = 0, squares = 0;
  constexpr int kKeys = 4000;
  for (uint64_t key = 0; key < kKeys; ++key) {
    const double x = static_cast<double>(shuffled(3, 1000, key)) / 999;
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / kKeys, 0.5, 0.02);
  EXPECT_NEAR(squares / kKeys, 1.0 / 3, 0.02);
}

TEST(EpochDraw, SeesEveryDigitAtMostOnceAnEpochAndOtherOrdersLater) {
  constexpr uint64_t kCount = 1000, kBatch = 96, kSteps = kCount / kBatch;
  std::set<uint64_t> first;
  int moved = 0;
  for (uint64_t step = 0; step < kSteps; ++step) {
    for (uint64_t i = 0; i < kBatch; ++i) {
      first.insert(epoch_draw(i, step, kBatch, kCount, 5));
      moved += epoch_draw(i, step, kBatch, kCount, 5) != epoch_draw(i, step + kSteps, kBatch, kCount, 5);
    }
  }
  EXPECT_EQ(first.size(), kSteps * kBatch);
  EXPECT_GT(moved, 900);
}

}  // namespace
}  // namespace lf::cuda
