#include "files/digit/picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

#include "base/errors.h"
#include "base/image_shape.h"
#include "drawn_photo.h"
#include "expect_error.h"

namespace lf::testing {
namespace {

constexpr Colour kPaper{235, 233, 228}, kInk{35, 40, 60};

files::DigitPixels plain(float radius = 8) {
  return files::digit_in(Drawn().seven(kBlack, radius).photo(), "plain");
}

/// Expects the same result for the seven of a sheet as for a clean drawing.
void expect_seven(const char* what, const Drawn& sheet, float radius = 8) {
  SCOPED_TRACE(what);
  files::DigitPixels seen{};
  ASSERT_NO_THROW(seen = files::digit_in(sheet.photo(), what));
  EXPECT_GT(alike(seen, plain(radius)), 0.9);
  EXPECT_GT(*std::max_element(seen.begin(), seen.end()), 220) << "ink is dark";
}

void expect_empty(const char* what, const Drawn& sheet) {
  SCOPED_TRACE(what);
  expect_error<InputError>("is empty", [&] { files::digit_in(sheet.photo(), what); });
}

using Places = std::vector<std::array<float, 2>>;

/// Some handwritten digits, about 0.28 of the sheet high.
struct Written {
  const char* name;
  Places places;
};
const std::vector<Written>& written() {
  static const std::vector<Written> all{
      {"zero",
       {{0, -.14f}, {-.08f, -.08f}, {-.09f, .06f}, {0, .14f}, {.09f, .06f}, {.08f, -.08f}, {0, -.14f}}},
      {"one", {{-.05f, -.08f}, {.01f, -.14f}, {0, .14f}}},
      {"two", {{-.08f, -.09f}, {0, -.14f}, {.08f, -.08f}, {-.09f, .13f}, {.1f, .13f}}},
      {"four", {{.03f, -.14f}, {-.1f, .05f}, {.1f, .04f}, {.05f, .04f}, {.04f, -.03f}, {.05f, .14f}}},
      {"five", {{.09f, -.14f}, {-.06f, -.13f}, {-.08f, 0}, {.06f, 0}, {.07f, .1f}, {-.08f, .14f}}},
      {"seven", {{-.09f, -.13f}, {.09f, -.14f}, {-.03f, .14f}}},
  };
  return all;
}

/// Expects the same result for each of the digits on a sheet as for a clean drawing with the same
/// rotation.
void expect_written(const std::string& what, const std::function<Drawn(size_t)>& sheet,
                    const std::function<void(Drawn&)>& light, float radius, Colour ink, float degrees = 0) {
  for (size_t i = 0; i < written().size(); ++i) {
    SCOPED_TRACE(what + ": " + written()[i].name);
    Drawn photo = sheet(i), clean;
    photo.strokes(written()[i].places, radius, ink, degrees);
    light(photo);
    const files::DigitPixels expected =
        files::digit_in(clean.strokes(written()[i].places, radius, kBlack, degrees).photo(), "clean");
    files::DigitPixels seen{};
    EXPECT_NO_THROW(seen = files::digit_in(photo.photo(), what));
    EXPECT_GT(alike(seen, expected), 0.85);
  }
}

TEST(DigitPicture, LooksAsMnistDoes) {
  const files::DigitPixels seen = plain();
  int left = 28, right = -1, top = 28, bottom = -1;
  double mass = 0, x_mean = 0, y_mean = 0;
  for (int i = 0; i < kDigitPixels; ++i) {
    const int x = i % 28, y = i / 28, value = seen[size_t(i)];
    mass += value, x_mean += value * (x + 0.5), y_mean += value * (y + 0.5);
    if (value == 0) continue;
    left = std::min(left, x), right = std::max(right, x), top = std::min(top, y),
    bottom = std::max(bottom, y);
  }
  EXPECT_EQ(std::max(right - left, bottom - top) + 1, 20);
  EXPECT_NEAR(x_mean / mass, 14, 0.6);
  EXPECT_NEAR(y_mean / mass, 14, 0.6);
}

TEST(DigitPicture, InkOfAnyColourOnPaperOfAny) {
  expect_seven("red", Drawn().seven({220, 30, 30}));
  expect_seven("yellow", Drawn().seven({255, 230, 0}));
  expect_seven("light blue", Drawn().seven({150, 200, 255}));
  expect_seven("green on pink", Drawn({255, 190, 200}).seven({20, 140, 60}));
  expect_seven("yellow on red", Drawn({180, 20, 20}).seven({250, 220, 40}));
  expect_seven("as bright as its paper", Drawn({30, 40, 160}).seven({110, 18, 40}));
  expect_seven("white on black", Drawn(kBlack).seven(kWhite));
  expect_seven("chalk", Drawn({50, 65, 55}).seven({220, 225, 220}).noise(8));
}

TEST(DigitPicture, WhatLiesUnderTheTransparencyDecides) {
  expect_seven("black ink", Drawn(kBlack).transparent().seven(kBlack));
  expect_seven("white ink", Drawn(kWhite).transparent().seven(kWhite));
  expect_seven("yellow ink", Drawn(kBlack).transparent().seven({255, 230, 0}));
  const auto corners = [](float* pixel, float x, float y) {
    if (x * x + y * y > 0.9f) std::fill(pixel, pixel + 4, 0.0f);
  };
  expect_seven("a round card", Drawn(kPaper).seven(kInk).change(corners));
  const auto cut_out = [](float* pixel, float, float) { pixel[3] = pixel[0], pixel[0] = 255; };
  expect_seven("cut out of the paper", Drawn().seven().change(cut_out));
}

TEST(DigitPicture, PaperInAnyLight) {
  expect_seven("grey", Drawn({190, 190, 190}).seven({45, 45, 45}));
  expect_seven("dim", Drawn({60, 58, 50}).seven({20, 20, 22}).noise(2));
  expect_seven("gradient", Drawn({240, 240, 240}).seven({50, 50, 50}).noise(2).light([](float x, float) {
    return (165 + 75 * x) / 240;
  }));
  expect_seven("vignette", Drawn(kPaper).seven(kInk).light([](float x, float y) {
    return std::pow(std::cos(std::sqrt(0.5f * (x * x + y * y))), 4.0f);
  }));
  expect_seven("the edge of a shadow", Drawn(kPaper).seven(kInk).light(
                                           [](float x, float y) { return x + 0.3f * y > 0.1f ? 0.55f : 1; }));
  expect_seven("a lamp's reflection",
               Drawn({170, 170, 165}).seven({40, 40, 50}).change([](float* p, float x, float y) {
                 const float shine = 90 * std::exp(-6 * ((x - 0.4f) * (x - 0.4f) + (y + 0.3f) * (y + 0.3f)));
                 for (int c = 0; c < 3; ++c) p[c] += shine;
               }));
  expect_seven("a note on a desk",
               Drawn({70, 50, 35}).rectangle(50, 40, 280, 290, {250, 235, 120}).seven({30, 40, 110}));
}

TEST(DigitPicture, ATurnedNoteOnADarkDesk) {
  const auto grain = [](Drawn& photo) { photo.noise(3); };
  for (const float degrees : {-20.0f, 8.0f, 15.0f}) {
    const auto desk = [&](size_t i) {
      const float dark = 30 + 10 * float(i);
      return Drawn({dark, 0.8f * dark, 0.7f * dark}).note(0.5f, 0.55f, degrees, {240, 238, 228});
    };
    expect_written("turned by " + std::to_string(degrees), desk, grain, 6, kInk, degrees);
    expect_empty("nothing on it", desk(2).noise(3));
  }
}

TEST(DigitPicture, AWhiteboardWithShadingAndGlare) {
  const auto board = [](size_t) { return Drawn({225, 228, 230}); };
  for (const float x : {-0.4f, 0.1f, 0.3f}) {
    const auto lit = [&](Drawn& photo) {
      photo.light([](float u, float v) { return 0.7f + 0.15f * u - 0.1f * v; });
      photo.glare(x, -0.15f, 0.25f, 140).noise(2);
    };
    expect_written("glare at " + std::to_string(x), board, lit, 5, {30, 40, 90});
    Drawn blank = board(0);
    lit(blank);
    expect_empty("nothing on it", blank);
  }
}

TEST(DigitPicture, TheSoftShadowOfAHandAcrossThePage) {
  const auto page = [](size_t) { return Drawn(kPaper); };
  for (const float at : {-0.2f, 0.0f, 0.25f}) {
    const auto shadow = [&](Drawn& photo) {
      photo.light([&](float x, float y) {
        const float within = (x + 0.4f * y + 0.05f * std::sin(6 * y) - at) / 0.15f;
        return 1 - 0.4f / (1 + std::exp(-4 * within));
      });
      photo.noise(2);
    };
    expect_written("at " + std::to_string(at), page, shadow, 5, kInk);
  }
}

TEST(DigitPicture, ADarkBluePenOnAYellowNote) {
  const auto grain = [](Drawn& photo) { photo.noise(2); };
  for (const Colour desk : {Colour{150, 110, 75}, Colour{215, 213, 210}, Colour{60, 50, 45}}) {
    const auto note = [&](size_t) { return Drawn(desk).note(0.7f, 0.7f, 6, {250, 232, 120}); };
    expect_written("on " + std::to_string(int(desk.red)), note, grain, 5, {25, 35, 115}, 6);
  }
}

TEST(DigitPicture, PencilAndThinPens) {
  expect_seven("pencil", Drawn(kPaper).seven({200, 200, 200}, 5).noise(3), 5);
  expect_seven("grainy pencil", Drawn(kPaper).seven({190, 190, 190}, 6).noise(8), 6);
  const files::DigitPixels thin = files::digit_in(Drawn(kPaper).seven({40, 60, 160}, 1).photo(), "thin");
  EXPECT_GT(*std::max_element(thin.begin(), thin.end()), 220) << "widened, not a breath of grey";
  EXPECT_GT(alike(thin, plain(6)), 0.9);
}

TEST(DigitPicture, ASmallDigitThatWasEnlargedIsSoftAndNoShadow) {
  Drawn small(kWhite, 28, 28), large(kWhite, 280, 280);
  const files::Photo from = small.seven(kBlack, 1).photo();
  large.change([&](float* pixel, float x, float y) {
    const float u = std::clamp(14 * (x + 1) - 0.5f, 0.0f, 26.99f),
                v = std::clamp(14 * (y + 1) - 0.5f, 0.0f, 26.99f);
    const int left = int(u), top = int(v);
    const auto mix = [&](int row) {
      return from.pixel(left, row)[0] * (1 - u + float(left)) +
             from.pixel(left + 1, row)[0] * (u - float(left));
    };
    pixel[0] = pixel[1] = pixel[2] = mix(top) * (1 - v + float(top)) + mix(top + 1) * (v - float(top));
  });
  expect_seven("enlarged", large, 11);
}

TEST(DigitPicture, DirtIsNoDigit) {
  Drawn specks = Drawn().seven(), dust = Drawn(kPaper).seven({195, 195, 195}, 5);
  std::mt19937 random(3);
  for (int i = 0; i < 60; ++i) {
    const int x = int(random() % 320), y = int(random() % 320), size = 1 + i % 3;
    specks.rectangle(x, y, x + size, y + size, kBlack);
    if (i % 4 == 0) dust.rectangle(x, y, x + 4, y + 4, kBlack);
  }
  expect_seven("specks", specks);
  expect_seven("dark dust beside pencil", dust, 5);
  expect_seven("a scanner's edge", Drawn(kPaper).seven(kInk).rectangle(0, 0, 22, 320, kBlack));
  expect_seven("a scanner's frame around pencil",
               Drawn(kPaper)
                   .seven({195, 195, 195}, 5)
                   .rectangle(0, 0, 16, 320, kBlack)
                   .rectangle(0, 304, 320, 320, kBlack)
                   .rectangle(300, 0, 320, 320, kBlack)
                   .noise(2),
               5);
}

TEST(DigitPicture, RuledAndSquaredPaper) {
  Drawn ruled = Drawn().seven(kInk), squared = Drawn().seven(kInk), skew = Drawn().seven(kInk);
  for (int at = 12; at < 340; at += 38) {
    const auto y = float(at);
    ruled.line(-5, y, 330, y, 1, {90, 110, 170});
    skew.line(-5, y - 8, 330, y + 8, 1, {60, 70, 120});
  }
  for (int at = 8; at < 340; at += 24) {
    const auto y = float(at);
    squared.line(-5, y, 330, y + 3, 0.6f, {110, 140, 200}).line(y, -5, y - 3, 330, 0.6f, {110, 140, 200});
  }
  expect_seven("ruled", ruled);
  expect_seven("ruled, scanned askew", skew);
  expect_seven("squared", squared.noise(2));
  expect_seven("one line to write on", Drawn().seven(kInk).line(-5, 230, 330, 230, 1, {60, 60, 120}));
}

TEST(DigitPicture, ASevenThatFillsItsPictureIsNoRuling) {
  Drawn tight(kWhite, 160, 200);
  tight.line(3, 3, 156, 3, 3, kBlack).line(156, 3, 50, 196, 3, kBlack);
  const files::DigitPixels seen = files::digit_in(tight.photo(), "tight");
  int bar = 0;  // pixels of ink in its highest rows
  for (size_t i = 0; i < 28 * 8; ++i) bar += seen[i] > 128;
  EXPECT_GT(bar, 12);
}

TEST(DigitPicture, TheLargestOfSeveralIsTaken) {
  expect_seven("a small one beside it", Drawn().seven().line(280, 120, 280, 160, 5, kBlack));
}

TEST(DigitPicture, BlankPaperOfAnyShadeIsRefused) {
  expect_empty("white", Drawn());
  expect_empty("grey", Drawn({128, 128, 128}));
  expect_empty("black", Drawn(kBlack));
  expect_empty("fully transparent", Drawn().transparent());
  expect_empty("noisy", Drawn({200, 200, 200}).noise(10));
  expect_empty("shaded",
               Drawn(kPaper).noise(2).light([](float x, float y) { return 0.7f + 0.2f * x - 0.1f * y; }));
  expect_empty("half in the shadow", Drawn(kPaper).light([](float x, float) { return x > 0.2f ? 0.6f : 1; }));
  expect_empty("a scanner's edge alone", Drawn(kPaper).rectangle(0, 0, 20, 320, kBlack));
  expect_empty("dust", Drawn(kPaper).rectangle(100, 90, 103, 93, kBlack).rectangle(200, 40, 202, 43, kBlack));
  expect_empty("a note with nothing on it",
               Drawn({70, 50, 35}).rectangle(50, 40, 280, 290, {250, 235, 120}).noise(3));
  expect_empty("a lamp's reflection", Drawn({170, 170, 165}).noise(3).change([](float* p, float x, float y) {
    for (int c = 0; c < 3; ++c) p[c] += 90 * std::exp(-6 * (x * x + y * y));
  }));
  Drawn squared = Drawn(kPaper);
  for (int at = 12; at < 340; at += 24) {
    const auto y = float(at);
    squared.line(-5, y, 330, y, 0.6f, {110, 140, 200}).line(y, -5, y, 330, 0.6f, {110, 140, 200});
  }
  expect_empty("squared", squared.noise(2));
  expect_empty("a small white picture", Drawn(kWhite, 28, 28));
  expect_empty("one pixel", Drawn(kWhite, 1, 1));
}

TEST(DigitPicture, WhatLooksLikeATrainingDigitIsOnlyCentred) {
  Drawn small(kBlack, 28, 28);
  small.rectangle(6, 4, 22, 7, kWhite).rectangle(18, 4, 21, 24, {90, 90, 90});
  const files::Photo photo = small.photo();
  const files::DigitPixels seen = files::digit_in(photo, "small");
  const auto bright = [](const auto& values, int step) {
    int count = 0;
    for (size_t i = 0; i < kDigitPixels; ++i) count += values[i * size_t(step)] == 90;
    return count;
  };
  EXPECT_EQ(bright(seen, 1), bright(photo.rgba, 4)) << "its greys are kept";
}

}  // namespace
}  // namespace lf::testing
