#include "data/stroke_digits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/image_shape.h"
#include "data/stroke_random.h"

namespace lf::data {
namespace {

double ink(const uint8_t* picture) { return std::accumulate(picture, picture + kDigitPixels, 0.0) / 255; }

TEST(StrokeDigits, ShapeOfTheSet) {
  const files::Dataset data = make_stroke_digits(200, 50, 1);
  EXPECT_EQ(data.train.size(), 200u);
  EXPECT_EQ(data.test.size(), 50u);
  EXPECT_EQ(data.train.images.count(), 200u);
  EXPECT_TRUE(data.builtin);
  EXPECT_FALSE(data.is_mnist);
  EXPECT_EQ(data.name, "stroke digits");
  for (size_t i = 0; i < 200; ++i) EXPECT_EQ(data.train.labels[i], i % 10);
}

TEST(StrokeDigits, AreTheSameEverywhere) {
  // A fixed digest: a compiler or library that makes other images would give other models.
  EXPECT_EQ(make_stroke_digits(100, 20, 1).digest,
            "c1354ecf6d9a529f3aedc1235c1f5cd7a1262daddcdc28b3f987bb275e64030f");
}

TEST(StrokeDigits, PictureDependsOnItsNumberAndTheSeedOnly) {
  const files::Dataset few = make_stroke_digits(30, 10, 1), more = make_stroke_digits(60, 10, 1);
  EXPECT_TRUE(std::equal(few.train.images.bytes.begin(), few.train.images.bytes.end(),
                         more.train.images.bytes.begin()));
  EXPECT_NE(make_stroke_digits(30, 10, 2).train.images, few.train.images);
  EXPECT_FALSE(
      std::equal(few.test.images.bytes.begin(), few.test.images.bytes.end(), few.train.images.bytes.begin()));
}

TEST(StrokeDigits, LookLikeMnistInNumbers) {
  const files::Dataset data = make_stroke_digits(1000, 10, 1);
  double total = 0;
  for (size_t i = 0; i < 1000; ++i) {
    const uint8_t* picture = data.train.images.image(i).pixels;
    double mass = 0, x = 0, y = 0;
    for (int p = 0; p < int(kDigitPixels); ++p) {
      mass += picture[p], x += picture[p] * (p % 28 + 0.5), y += picture[p] * (p / 28 + 0.5);
    }
    ASSERT_GT(ink(picture), 8) << i;
    EXPECT_NEAR(x / mass, 14, 1.5) << i;  // centred by mass
    EXPECT_NEAR(y / mass, 14, 1.5) << i;
    total += ink(picture) / kDigitPixels;
  }
  EXPECT_NEAR(total / 1000, 0.13, 0.03);  // MNIST: 0.1307
}

// A digit is nearer to the mean image of its own class than to the others', for most digits: the
// classes differ.
TEST(StrokeDigits, ClassesCanBeToldApart) {
  const files::Dataset data = make_stroke_digits(2000, 500, 1);
  std::array<std::array<double, kDigitPixels>, 10> means{};
  for (size_t i = 0; i < 2000; ++i) {
    for (size_t p = 0; p < kDigitPixels; ++p)
      means[i % 10][p] += data.train.images.image(i).pixels[p] / 200.0;
  }
  int right = 0;
  for (size_t i = 0; i < 500; ++i) {
    std::array<double, 10> distance{};
    for (size_t c = 0; c < 10; ++c) {
      for (size_t p = 0; p < kDigitPixels; ++p)
        distance[c] += std::pow(data.test.images.image(i).pixels[p] - means[c][p], 2);
    }
    const auto best = std::min_element(distance.begin(), distance.end()) - distance.begin();
    right += best == data.test.labels[i];
  }
  EXPECT_GT(right, 350);  // random guessing: 50
}

TEST(StrokeRandom, UniformAndBellHaveTheirMoments) {
  StrokeRandom random(5, 1, 2);
  double mean = 0, bell_mean = 0, bell_square = 0;
  constexpr int kDraws = 100000;
  for (int i = 0; i < kDraws; ++i) {
    mean += random.uniform() / kDraws;
    const double b = random.bell();
    bell_mean += b / kDraws, bell_square += b * b / kDraws;
  }
  EXPECT_NEAR(mean, 0.5, 0.005);
  EXPECT_NEAR(bell_mean, 0, 0.02);
  EXPECT_NEAR(bell_square, 1, 0.02);
}

TEST(StrokeRandom, StreamsDiffer) {
  EXPECT_NE(StrokeRandom(1, 1, 0).bits(), StrokeRandom(1, 1, 1).bits());
  EXPECT_NE(StrokeRandom(1, 1, 0).bits(), StrokeRandom(1, 2, 0).bits());
  EXPECT_NE(StrokeRandom(1, 1, 0).bits(), StrokeRandom(2, 1, 0).bits());
  EXPECT_EQ(StrokeRandom(1, 1, 0).bits(), StrokeRandom(1, 1, 0).bits());
}

}  // namespace
}  // namespace lf::data
