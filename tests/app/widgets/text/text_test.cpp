#include "widgets/text/text.h"

#include <gtest/gtest.h>

#include "headless_ui.h"
#include "widgets/text/wrapping.h"

namespace lf::app::widgets {
namespace {

TEST(Numbers, AreWrittenForPeople) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(1404), "1,404");
  EXPECT_EQ(grouped(-1234567), "−1,234,567");
}

TEST(Numbers, Times) {
  EXPECT_EQ(clock_text(125), "2:05");
  EXPECT_EQ(clock_text(3723), "1:02:03");
  EXPECT_EQ(duration_text(37.4), "37 s");
  EXPECT_EQ(duration_text(600), "10 min");
  EXPECT_EQ(duration_text(7500), "2 h 5 min");
  EXPECT_EQ(rate_text(6100), "6.1 k/s");
}

TEST(Elide, FitsAndKeepsWholeCharacters) {
  HeadlessUi window(400, 300);
  const std::string text = "σ β → 28×28 × latent";
  for (float width : {200.0f, 60.0f, 30.0f, 8.0f}) {
    const std::string cut = elide(window.ui, Type::Body, text, width);
    EXPECT_LE(text_size(window.ui, Type::Body, cut).x, width + 0.5f);
    EXPECT_TRUE(cut.empty() || (static_cast<unsigned char>(cut[0]) & 0xC0) != 0x80);
  }
  EXPECT_EQ(elide(window.ui, Type::Body, text, 1000), text);
}

TEST(Figures, HaveOneWidth) {
  HeadlessUi window(400, 300);
  const float one = text_size(window.ui, Type::Mono, "1").x;
  for (char digit = '0'; digit <= '9'; ++digit)
    EXPECT_FLOAT_EQ(text_size(window.ui, Type::Mono, std::string(1, digit)).x, one);
}

TEST(Fonts, HaveTheSignsInUse) {
  HeadlessUi window(400, 300);
  for (const ImWchar sign : {L'σ', L'β', L'γ', L'→', L'·', L'×', L'−', L'≈', L'…', L'—', L'²'}) {
    EXPECT_NE(window.ui.fonts[Type::Body].font->FindGlyphNoFallback(sign), nullptr) << static_cast<int>(sign);
  }
}

TEST(WrappedLines, BreakAtSpacesAndKeepEveryLetter) {
  HeadlessUi window(400, 300);
  const std::string text = "10,000 samples of model.safetensors\nσ → latent";
  for (const float width : {300.0f, 120.0f, 40.0f, 6.0f}) {
    std::string letters;
    for (const std::string& line : wrapped_lines(window.ui, Type::Small, text, width)) {
      if (width >= 40) {
        EXPECT_LE(text_size(window.ui, Type::Small, line).x, width);
      }
      letters += line + " ";
    }
    std::string found, wanted;
    for (const char c : letters) found += c == ' ' ? "" : std::string(1, c);
    for (const char c : text) wanted += c == ' ' || c == '\n' ? "" : std::string(1, c);
    EXPECT_EQ(found, wanted) << width;
  }
  EXPECT_EQ(wrapped_lines(window.ui, Type::Small, "1,000 samples", 60).front(), "1,000");
  EXPECT_EQ(wrapped_lines(window.ui, Type::Small, "", 60).size(), 1u);
}

}  // namespace
}  // namespace lf::app::widgets
