#include "files/digit/plane.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace lf::testing {
namespace {

files::Plane random_plane(int width, int height) {
  files::Plane plane(width, height);
  std::mt19937 random(5);
  for (float& value : plane.values) value = float(random() % 1000) / 1000;
  return plane;
}

/// Over the square around each pixel, pixel by pixel.
template <class Fold>
files::Plane slowly(const files::Plane& plane, int radius, Fold fold) {
  files::Plane out(plane.width, plane.height);
  for (int y = 0; y < plane.height; ++y) {
    for (int x = 0; x < plane.width; ++x) {
      std::vector<float> seen;
      for (int v = std::max(0, y - radius); v <= std::min(plane.height - 1, y + radius); ++v) {
        for (int u = std::max(0, x - radius); u <= std::min(plane.width - 1, x + radius); ++u)
          seen.push_back(plane.at(u, v));
      }
      out.at(x, y) = fold(seen);
    }
  }
  return out;
}

TEST(Plane, FiltersAreWhatTheySay) {
  for (const auto& [width, height] : {std::pair{23, 17}, {1, 9}, {64, 3}, {1, 1}}) {
    const files::Plane plane = random_plane(width, height);
    for (const int radius : {1, 4, 40}) {
      const auto most = [](auto& seen) { return *std::max_element(seen.begin(), seen.end()); };
      const auto least = [](auto& seen) { return *std::min_element(seen.begin(), seen.end()); };
      EXPECT_EQ(files::sliding_max(plane, radius).values, slowly(plane, radius, most).values);
      EXPECT_EQ(files::sliding_min(plane, radius).values, slowly(plane, radius, least).values);
    }
    const files::Plane blurred = files::box_blur(plane, 0);
    EXPECT_EQ(blurred.values, plane.values);
  }
  const files::Plane even(31, 20, 0.25f);
  for (const float value : files::box_blur(even, 7).values) EXPECT_NEAR(value, 0.25f, 1e-6f);
}

TEST(Plane, DistancesAreExact) {
  constexpr int kWidth = 40, kHeight = 25;
  files::Mask mask(kWidth * kHeight);
  std::mt19937 random(9);
  for (int i = 0; i < 6; ++i) mask[random() % mask.size()] = 1;
  const auto distances = files::squared_distances(mask, kWidth, kHeight);
  for (int i = 0; i < kWidth * kHeight; ++i) {
    int nearest = 1 << 20;
    for (int k = 0; k < kWidth * kHeight; ++k) {
      const int dx = i % kWidth - k % kWidth, dy = i / kWidth - k / kWidth;
      if (mask[size_t(k)]) nearest = std::min(nearest, dx * dx + dy * dy);
    }
    ASSERT_EQ(distances[size_t(i)], float(nearest)) << i;
  }
  const files::Mask none(mask.size());
  EXPECT_EQ(files::grown(none, kWidth, kHeight, 5), none);
  EXPECT_EQ(files::shrunk(files::Mask(mask.size(), 1), kWidth, kHeight, 3), files::Mask(mask.size(), 1))
      << "the border counts not";
}

TEST(Plane, ReducedAndTransposed) {
  const files::Plane plane = random_plane(7, 5);
  EXPECT_EQ(files::transposed(files::transposed(plane)).values, plane.values);
  EXPECT_EQ(files::transposed(plane).at(4, 6), plane.at(6, 4));
  const files::Plane small = files::reduced(plane, 3);
  EXPECT_EQ(small.width, 3);
  EXPECT_EQ(small.height, 2);
  EXPECT_FLOAT_EQ(small.at(2, 1), (plane.at(6, 3) + plane.at(6, 4)) / 2);
}

TEST(Plane, Quantiles) {
  EXPECT_EQ(files::quantile({}, 0.5), 0);
  EXPECT_EQ(files::quantile({3, 1, 2}, 0.5), 2);
  EXPECT_EQ(files::quantile({3, 1, 2}, 1), 3);
}

}  // namespace
}  // namespace lf::testing
