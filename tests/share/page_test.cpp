#include "share/page.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/errors.h"

namespace lf::share {
namespace {

size_t count_of(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

/// The text of a script element.
std::string element(const std::string& page, const std::string& id) {
  const size_t start = page.find("id=\"" + id + "\">") + id.size() + 6;
  return page.substr(start, page.find("</script>", start) - start);
}

ShareContent plain_content() {
  ShareContent content;
  content.title = "a run";
  content.preset = "fast";
  content.data = "MNIST";
  content.solver = "euler";
  content.steps = 8;
  content.samples = ImageSheet::black(10);
  content.labels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  content.no_curves = "no curves here";
  content.no_reconstructions = "no reconstructions here";
  content.no_time_lapse = "no marks here";
  content.no_network = "no network here";
  return content;
}

LiveNetwork small_network() {
  LiveNetwork network;
  network.width = 4;
  network.velocity = {{"patch.weight", {4, 4}, std::vector<float>(16, 0.5f)}};
  network.decoder = {{"decoder.conv1.bias", {2}, {1.0f, -2.0f}}};
  network.shift = std::vector<float>(64, 0.0f);
  network.scale = std::vector<float>(64, 1.0f);
  return network;
}

TEST(SharePage, MissingPartsSayWhy) {
  const std::string page = page_html(plain_content());
  for (const char* reason : {"no curves here", "no reconstructions here", "no marks here", "no network here"})
    EXPECT_EQ(count_of(page, reason), 1u) << reason;
  EXPECT_NE(page.find("has not been scored"), std::string::npos);
  EXPECT_NE(page.find("id=\"live\" hidden"), std::string::npos);
  EXPECT_EQ(element(page, "weights"), "");
  EXPECT_EQ(count_of(page, "{{"), 0u);
}

TEST(SharePage, ForeignTextIsEscapedEverywhere) {
  const std::string evil = "</script><!--<script>alert(1)</script>\"'&{{title}}";
  const std::string clean = page_html(plain_content());
  ShareContent content = plain_content();
  content.title = content.note = content.preset = content.data = content.reproduce = evil;
  content.tags = {evil};
  content.facts = content.digests = content.settings = {{evil, evil}};
  content.changed = {evil};
  content.solver = evil;  // in the JSON
  content.no_curves = content.no_network = evil;
  const std::string page = page_html(content);
  EXPECT_EQ(count_of(page, "<script"), count_of(clean, "<script"));
  EXPECT_EQ(count_of(page, "</script"), count_of(clean, "</script"));
  EXPECT_EQ(count_of(page, "<!--"), count_of(clean, "<!--"));
  EXPECT_EQ(page.find("alert(1)<"), std::string::npos);
  EXPECT_GT(count_of(page, "{{title}}"), 0u);  // a value is not filled in again
  EXPECT_EQ(nlohmann::json::parse(element(page, "content")).at("solver"), evil);
}

TEST(SharePage, RequestsNothing) {
  const std::string page = page_html(plain_content());
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  for (const char* outside : {"https:", "src=\"//", "@import", "fetch(", "XMLHttpRequest", "sendBeacon"})
    EXPECT_EQ(page.find(outside), std::string::npos) << outside;
  EXPECT_EQ(count_of(page, "http:"), count_of(page, "http://www.w3.org/2000/svg"));  // the name of SVG
}

TEST(SharePage, DataHoldShapesInTheOrderOfTheWeights) {
  ShareContent content = plain_content();
  content.network = small_network();
  const std::string page = page_html(content);
  const auto data = nlohmann::json::parse(element(page, "content"));
  EXPECT_EQ(data["network"]["weights"][0]["shape"], nlohmann::json({4, 4}));
  EXPECT_EQ(data["network"]["weights"][1]["name"], "decoder.conv1.bias");
  EXPECT_EQ(element(page, "weights").size(), 4u * (16 + 2));  // three bytes are four letters
  EXPECT_EQ(page.find("id=\"live\" hidden"), std::string::npos);
}

TEST(SharePage, LongCurvesAreAveraged) {
  ShareContent content = plain_content();
  RunCurves curves;
  for (int i = 1; i <= 4000; ++i) {
    curves.flow.step.push_back(static_cast<float>(i));
    curves.flow.value.push_back(i % 2 == 0 ? 1.0f : 3.0f);
  }
  content.curves = curves;
  const auto data = nlohmann::json::parse(element(page_html(content), "content"));
  const auto& flow = data["curves"]["flow"];
  EXPECT_EQ(flow["step"].size(), 500u);
  EXPECT_EQ(flow["step"].back(), 4000.0);
  for (const auto& value : flow["value"]) EXPECT_EQ(value, 2.0);
}

TEST(SharePage, TimeLapseShowsEveryMark) {
  ShareContent content = plain_content();
  content.time_lapse = TimeLapse{{0, 10, 1200}, 10, ImageSheet::black(30)};
  const std::string page = page_html(content);
  EXPECT_NE(page.find("from step 0 on the left to 1,200 on the right"), std::string::npos);
  EXPECT_NE(page.find("max=\"2\""), std::string::npos);
  EXPECT_EQ(page.find("no marks here"), std::string::npos);
}

uint32_t stored_bits(float value) {
  const std::string text = weights_text({{"w", {1}, {value}}});
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  uint32_t whole = 0;
  for (const char c : text) whole = whole << 6 | static_cast<uint32_t>(letters.find(c));
  return (whole >> 16 & 0xff) << 8 | (whole >> 8 & 0xff) << 16 | (whole & 0xff) << 24;
}

TEST(SharePage, WeightsKeepSixteenBitsOfPrecision) {
  for (const float value : {1.0f, -0.1f, 3.14159f, 1e-20f, -12345.678f, 0.0f}) {
    const uint32_t bits = stored_bits(value);
    float stored = 0;
    std::memcpy(&stored, &bits, sizeof stored);
    EXPECT_LE(std::abs(stored - value), std::abs(value) / 65536) << value;
  }
  EXPECT_THROW(weights_text({{"w", {1}, {std::numeric_limits<float>::quiet_NaN()}}}), InputError);
}

}  // namespace
}  // namespace lf::share
