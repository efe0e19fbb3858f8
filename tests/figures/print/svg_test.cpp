// SVG: lines where they were drawn, text as text, sizes in millimetres.
#include "figures/print/svg.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lf::figures {
namespace {

int count_of(const std::string& text, const std::string& part) {
  int count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(Svg, HasItsSizeInMillimetresAndItsLinesInUnits) {
  Drawing drawing(500, 250, kPrint);
  drawing.line({10, 20}, {110, 20.5f}, files::Rgb::hex(0x1F6FB4), 2);
  const std::string svg = svg_text(drawing);
  EXPECT_NE(svg.find("width=\"60mm\" height=\"30mm\" viewBox=\"0 0 500 250\""), std::string::npos) << svg;
  EXPECT_NE(svg.find("d=\"M10 20L110 20.5\" fill=\"none\" stroke=\"#1f6fb4\" stroke-width=\"2\""),
            std::string::npos)
      << svg;
  drawing.mm_per_unit = 0.17;
  EXPECT_NE(svg_text(drawing).find("width=\"85mm\" height=\"42.5mm\""), std::string::npos);
}

TEST(Svg, TextStaysTextAndIsEscaped) {
  Drawing drawing(100, 100, kPrint);
  drawing.title = "a & b";
  drawing.text({5, 50}, "</text><script>\"&\x01\xFF",
               {22, kPrint.text, files::FontStyle::kMono, files::Align::kRight});
  const std::string svg = svg_text(drawing);
  EXPECT_NE(svg.find(">&lt;/text&gt;&lt;script&gt;&quot;&amp; \xEF\xBF\xBD</text>"), std::string::npos)
      << svg;
  EXPECT_NE(svg.find("text-anchor=\"end\" font-size=\"22\""), std::string::npos) << svg;
  EXPECT_NE(svg.find("<title>a &amp; b</title>"), std::string::npos);
}

TEST(Svg, APointThatIsNotFiniteBreaksTheLine) {
  Drawing drawing(100, 100, kPrint);
  drawing.polyline({{0, 0}, {1, 1}, {NAN, 2}, {3, 3}, {4, 4}}, kPrint.text);
  EXPECT_NE(svg_text(drawing).find("d=\"M0 0L1 1M3 3L4 4\""), std::string::npos);
}

TEST(Svg, ManyDotsAreOneImageAndFewAreCircles) {
  std::vector<Dot> dots(1000, Dot{{50, 50}, 3, kPrint.blue});
  Drawing few(100, 100, kPrint), many(100, 100, kPrint);
  few.cloud({0, 0, 100, 100}, dots);
  EXPECT_EQ(count_of(svg_text(few), "<circle"), 1000);
  dots.resize(20000, dots.front());
  many.cloud({0, 0, 100, 100}, dots);
  const std::string svg = svg_text(many);
  EXPECT_EQ(count_of(svg, "<circle"), 0);
  EXPECT_EQ(count_of(svg, "<image"), 1);
  EXPECT_LT(svg.size(), 20000u);
}

}  // namespace
}  // namespace lf::figures
