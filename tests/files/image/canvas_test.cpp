#include "files/image/canvas.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "base/errors.h"
#include "expect_error.h"

namespace lf::testing {
namespace {

constexpr files::Rgb kBlack = files::Rgb::hex(0), kWhite = files::Rgb::hex(0xFFFFFF);

int red(const files::Canvas& canvas, int x, int y) {
  return canvas.image().pixels[(size_t(y) * canvas.width() + x) * 3];
}

/// Sum of the red channel in units of full pixels: the drawn area for white on black.
double area(const files::Canvas& canvas) {
  double sum = 0;
  for (size_t i = 0; i < canvas.image().pixels.size(); i += 3) sum += canvas.image().pixels[i];
  return sum / 255;
}

TEST(Canvas, RectanglesHaveExactEdges) {
  files::Canvas canvas(20, 20, kBlack);
  canvas.fill_rect(3, 4, 5, 6, kWhite);
  EXPECT_EQ(red(canvas, 3, 4), 255);
  EXPECT_EQ(red(canvas, 7, 9), 255);
  EXPECT_EQ(red(canvas, 2, 4), 0);
  EXPECT_EQ(red(canvas, 8, 9), 0);
  EXPECT_DOUBLE_EQ(area(canvas), 30);
}

TEST(Canvas, StrokeStaysInside) {
  files::Canvas canvas(20, 20, kBlack);
  canvas.stroke_rect(2, 2, 10, 10, kWhite);
  EXPECT_EQ(red(canvas, 2, 7), 255);
  EXPECT_EQ(red(canvas, 3, 7), 0);
  EXPECT_EQ(red(canvas, 1, 7), 0);
  EXPECT_DOUBLE_EQ(area(canvas), 36);
}

TEST(Canvas, DiscAndLineHaveTheirArea) {
  files::Canvas disc(64, 64, kBlack);
  disc.disc({32, 32}, 20, kWhite);
  EXPECT_NEAR(area(disc), 400 * 3.14159265, 6);
  files::Canvas line(64, 64, kBlack);
  line.polyline({{10, 12}, {50, 40}}, kWhite, 3);
  const double expected = std::hypot(40, 28) * 3 + 2.25 * 3.14159265;  // body and two round ends
  EXPECT_NEAR(area(line), expected, expected * 0.04);
}

TEST(Canvas, JointsAreNotPaintedTwice) {
  files::Canvas joined(40, 40, kBlack), straight(40, 40, kBlack);
  const files::Rgb half = kWhite.with_alpha(0.5f);
  joined.polyline({{5, 20}, {20, 20}, {35, 20}}, half, 4);
  straight.polyline({{5, 20}, {35, 20}}, half, 4);
  EXPECT_EQ(joined.image().pixels, straight.image().pixels);
}

TEST(Canvas, BrokenPointsBreakTheLineOnly) {
  files::Canvas canvas(40, 40, kBlack);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  canvas.polyline({{2, 10}, {10, 10}, {nan, 10}, {30, 10}, {38, 10}}, kWhite, 2);
  EXPECT_GT(red(canvas, 5, 10), 200);
  EXPECT_GT(red(canvas, 34, 10), 200);
  EXPECT_EQ(red(canvas, 20, 10), 0);
}

TEST(Canvas, EverythingIsClipped) {
  files::Canvas canvas(8, 8, kBlack);
  const uint8_t picture[4] = {255, 255, 255, 255};
  canvas.fill_rect(-50, -50, 500, 500, kWhite, 3);
  canvas.polyline({{-1e6f, -5}, {1e6f, 12}}, kWhite, 4);
  canvas.disc({-3, 9}, 5, kWhite);
  canvas.text({-20, 4}, "clipped text", {});
  canvas.blit_grey(picture, 2, 2, -3, -3, 40, 40);
  EXPECT_DOUBLE_EQ(area(canvas), 64);
}

TEST(Canvas, PicturesScaleByNearestAndBilinear) {
  const uint8_t picture[4] = {0, 255, 255, 0};
  files::Canvas nearest(8, 8, files::Rgb::hex(0x303030)), smooth(8, 8, kBlack);
  nearest.blit_grey(picture, 2, 2, 0, 0, 8, 8);
  EXPECT_EQ(red(nearest, 3, 3), 0);
  EXPECT_EQ(red(nearest, 4, 3), 255);
  smooth.blit_grey(picture, 2, 2, 0, 0, 8, 8, files::Scaling::kBilinear);
  EXPECT_EQ(red(smooth, 0, 0), 0);
  EXPECT_EQ(red(smooth, 7, 0), 255);
  EXPECT_NEAR(red(smooth, 3, 0), 255 * 0.375, 1);  // source position 0.875 - 0.5 between the two centres
  files::Canvas tinted(2, 2, kBlack);
  tinted.blit_tinted(picture, 2, 2, 0, 0, 2, 2, files::Rgb::hex(0x102030), files::Rgb::hex(0xA0B0C0));
  EXPECT_EQ(red(tinted, 0, 0), 0x10);
  EXPECT_EQ(red(tinted, 1, 0), 0xA0);
}

TEST(Canvas, TextHasWidthInkAndAlignment) {
  const files::TextStyle style{24, kWhite};
  files::Canvas left(300, 40, kBlack), right(300, 40, kBlack);
  const float width = left.text_width("Loss 0.125", style);
  EXPECT_GT(width, 60);
  EXPECT_LT(width, 240);
  left.text({10, 30}, "Loss 0.125", style);
  files::TextStyle aligned = style;
  aligned.align = files::Align::kRight;
  right.text({10 + width, 30}, "Loss 0.125", aligned);
  EXPECT_GT(area(left), 50);
  EXPECT_NEAR(area(left), area(right), area(left) * 0.02);
  for (int y = 0; y < 40; ++y) EXPECT_EQ(red(left, int(10 + width) + 4, y), 0);
}

TEST(Canvas, BrokenUtf8IsHarmless) {
  files::Canvas canvas(100, 30, kBlack);
  canvas.text({2, 20}, "\xC3\xFF\xE2\x82", {});
  canvas.text({2, 20}, "μ → σ", {});
  EXPECT_GT(area(canvas), 0);
}

TEST(Canvas, RefusesImpossibleSizes) {
  expect_error<InputError>("0 x 5", [] { files::Canvas canvas(0, 5); });
  expect_error<InputError>("16384", [] { files::Canvas canvas(5, 100000); });
}

TEST(BuiltinFont, DrawsLettersOnTheBaseline) {
  const auto font = files::builtin_font();
  const files::Glyph glyph = font->glyph('H', 40, 0);
  EXPECT_GT(glyph.advance, 5);
  EXPECT_LT(glyph.top, -15);
  const double ink = std::accumulate(glyph.coverage.begin(), glyph.coverage.end(), 0.0) / 255;
  EXPECT_GT(ink, 40);
  const files::Glyph blank = font->glyph(' ', 40, 0);
  EXPECT_EQ(std::accumulate(blank.coverage.begin(), blank.coverage.end(), 0), 0);
  EXPECT_GT(font->ascent(40), 20);
}

}  // namespace
}  // namespace lf::testing
