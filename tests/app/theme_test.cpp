// Colours: classes are distinguishable for everybody, and never look like a role.
#include "widgets/theme.h"

#include <gtest/gtest.h>

#include <cmath>

#include "color_difference.h"
#include "fake_snapshots.h"
#include "headless_ui.h"

namespace lf::app {
namespace {

constexpr double kSmallestNormal = 12, kSmallestDichromat = 9;

std::vector<widgets::Color> roles(const widgets::Theme& t) {
  return {t.noise, t.data, t.autoencoder, t.flow, t.held_out, t.accent};
}

double smallest(Vision vision) { return vision == Vision::Normal ? kSmallestNormal : kSmallestDichromat; }

class EveryTheme : public ::testing::TestWithParam<Vision> {};

TEST_P(EveryTheme, TellsDigitsApart) {
  for (const widgets::Theme& theme : widgets::theme_table()) {
    for (size_t i = 0; i < 10; ++i) {
      for (size_t j = i + 1; j < 10; ++j) {
        EXPECT_GT(
            color_difference(seen_as(theme.digits[i], GetParam()), seen_as(theme.digits[j], GetParam())),
            smallest(GetParam()))
            << theme.name << " digits " << i << " and " << j;
      }
    }
  }
}

TEST_P(EveryTheme, TellsDigitsFromRoles) {
  for (const widgets::Theme& theme : widgets::theme_table()) {
    for (size_t i = 0; i < 10; ++i) {
      for (const widgets::Color role : roles(theme)) {
        EXPECT_GT(color_difference(seen_as(theme.digits[i], GetParam()), seen_as(role, GetParam())),
                  smallest(GetParam()) * 0.8)
            << theme.name << " digit " << i;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Vision, EveryTheme,
                         ::testing::Values(Vision::Normal, Vision::Protanopia, Vision::Deuteranopia));

/// Contrast of WCAG 2 from L*.
double contrast(widgets::Color a, widgets::Color b) {
  const auto luminance = [](widgets::Color c) {
    const double l = seen_as(c, Vision::Normal).l;
    return l > 8 ? std::pow((l + 16) / 116, 3) : l / 903.3;
  };
  const double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
  return x > y ? x / y : y / x;
}

TEST(Themes, WordsCanBeRead) {
  for (const widgets::Theme& theme : widgets::theme_table()) {
    for (const widgets::Color surface : {theme.window, theme.bar, theme.card}) {
      EXPECT_GT(contrast(theme.text, surface), 9) << theme.name;
      EXPECT_GT(contrast(theme.text2, surface), 4.5) << theme.name;
    }
    EXPECT_GT(contrast(theme.on_accent, theme.accent), 3.8) << theme.name;
  }
}

/// ImGui aborts a program whose windows may be smaller than a pixel, which the key − once caused.
TEST(Themes, WritingOfEverySizeIsDrawn) {
  for (const float scale : {0.6f, 1 / 1.1f, 1.0f, 3.0f}) {
    HeadlessUi window(1440, 900, scale);
    window.frames(fake_snapshot(fake_states().front()));
    EXPECT_GT(window.vertices, 100) << scale;
    EXPECT_GE(ImGui::GetStyle().WindowMinSize.x, 1) << scale;
  }
}

TEST(ColorDifference, MatchesPublishedPairs) {
  // Rows 1, 7 and 17 of the test data of Sharma, Wu and Dalal 2005.
  EXPECT_NEAR(color_difference({50, 2.6772, -79.7751}, {50, 0, -82.7485}), 2.0425, 1e-4);
  EXPECT_NEAR(color_difference({50, 0, 0}, {50, -1, 2}), 2.3669, 1e-4);
  EXPECT_NEAR(color_difference({50, 2.5, 0}, {73, 25, -18}), 27.1492, 1e-4);
}

TEST(Color, MixesAndFades) {
  EXPECT_EQ(widgets::mix(widgets::rgb(0x000000), widgets::rgb(0xFFFFFF), 1), widgets::rgb(0xFFFFFF));
  EXPECT_EQ(widgets::fade(widgets::rgb(0x123456), 0) >> 24, 0u);
  EXPECT_EQ(widgets::rgb(0x3D7BFD) & 0xFF, 0x3Du);
}

}  // namespace
}  // namespace lf::app
