#include "metrics/nearest.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <chrono>
#include <tuple>

#include "base/errors.h"
#include "sliced_work.h"

namespace lf::metrics {
namespace {

at::Tensor latents(int64_t n, uint64_t seed) {
  return at::randn({n, 4, 4, 4}, at::detail::createCPUGenerator(seed));
}

at::Tensor images(int64_t n, uint64_t seed) {
  return at::randint(256, {n, 28, 28}, at::detail::createCPUGenerator(seed), at::kByte);
}

NearestRows search_nearest(const at::Tensor& queries, const at::Tensor& rows, int64_t k) {
  NearestSearch search_nearest(queries, rows, k);
  complete_watched(search_nearest);
  EXPECT_EQ(search_nearest.progress(), 1);
  return search_nearest.finish();
}

/// The same by brute force in float64; a and b (n, ...), already in the same unit.
NearestRows as_written(const at::Tensor& a, const at::Tensor& b, int64_t k) {
  const at::Tensor apart = a.to(at::kDouble).flatten(1).unsqueeze(1) - b.to(at::kDouble).flatten(1);
  auto [distance, index] = apart.square().sum(2).sqrt().topk(k, 1, /*largest=*/false);
  return {distance, index};
}

TEST(NearestSearch, FindsWhatBruteForceFindsAmongLatents) {
  const at::Tensor rows = latents(2500, 1), queries = latents(7, 2);  // three blocks
  for (const int64_t k : {1, 2, 5}) {
    const NearestRows found = search_nearest(queries, rows, k), expected = as_written(queries, rows, k);
    EXPECT_TRUE(at::equal(found.index, expected.index)) << k;
    EXPECT_TRUE(at::allclose(found.distance.to(at::kDouble), expected.distance, 1e-5)) << k;
  }
}

TEST(NearestSearch, FindsWhatBruteForceFindsAmongPictures) {
  const at::Tensor rows = images(1500, 3), queries = images(5, 4);
  const NearestRows found = search_nearest(queries, rows, 3);
  const NearestRows expected = as_written(queries.to(at::kDouble) / 255, rows.to(at::kDouble) / 255, 3);
  EXPECT_TRUE(at::equal(found.index, expected.index));
  EXPECT_TRUE(at::allclose(found.distance.to(at::kDouble), expected.distance, 1e-5));
}

TEST(NearestSearch, OrdersEvenVeryNearRows) {
  // Distances of 1e-4 around a far point: norms and products alone would not distinguish them.
  const at::Tensor query = 100 + latents(1, 5);
  const at::Tensor rows = at::cat({latents(30, 6), query + 3e-4, query + 1e-4, query, query + 2e-4});
  const NearestRows found = search_nearest(query, rows, 4);
  EXPECT_TRUE(at::equal(found.index.squeeze(0), at::tensor({32, 31, 33, 30}, at::kLong)));
  EXPECT_EQ(found.distance[0][0].item<float>(), 0);
}

TEST(NearestSearch, CanBeAskedAfterAnyBlock) {
  const at::Tensor rows = latents(3000, 7), queries = latents(4, 8);
  NearestSearch search_nearest(queries, rows, 2);
  EXPECT_EQ(search_nearest.progress(), 0);
  EXPECT_TRUE(search_nearest.finish().distance.isinf().all().item<bool>());
  search_nearest.advance();
  const NearestRows expected = as_written(queries, rows.slice(0, 0, NearestSearch::kBlock), 2);
  EXPECT_TRUE(at::equal(search_nearest.finish().index, expected.index));
}

TEST(NearestSearch, CanReturnAllRows) {
  const NearestRows found = search_nearest(latents(2, 9), latents(5, 10), 5);
  EXPECT_TRUE(at::equal(std::get<0>(found.index.sort(1)), at::arange(5).expand({2, 5})));
}

TEST(CopyRatio, TellsACopyFromAFreshOne) {
  const at::Tensor ratio =
      copy_ratio(at::tensor({0.0f, 1.0f, 2.0f, 0.0f}), at::tensor({3.0f, 4.0f, 2.0f, 0.0f}));
  EXPECT_TRUE(at::equal(ratio, at::tensor({0.0f, 0.25f, 1.0f, 1.0f})));
}

TEST(NearestSearch, AmongSixtyThousandTakesSeconds) {
  for (const auto& [name, queries, rows] :
       {std::tuple("milliseconds_latents", latents(256, 11), latents(60000, 12)),
        std::tuple("milliseconds_pictures", images(256, 13), images(60000, 14))}) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(search_nearest(queries, rows, 2).index.size(0), 256);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    RecordProperty(name, static_cast<int>(seconds.count() * 1000));
    EXPECT_LT(seconds.count(), 20);
  }
}

TEST(NearestSearch, RefusesWhatItCannotDo) {
  EXPECT_THROW(NearestSearch(latents(1, 15), latents(3, 16), 4), InputError);
  EXPECT_THROW(NearestSearch(latents(1, 17), latents(3, 18), 0), InputError);
  EXPECT_THROW(NearestSearch(latents(1, 19), images(3, 20), 1), InputError);
  EXPECT_THROW(NearestSearch(latents(0, 21), latents(3, 22), 1), InputError);
}

}  // namespace
}  // namespace lf::metrics
