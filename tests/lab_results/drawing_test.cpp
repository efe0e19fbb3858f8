#include <gtest/gtest.h>

#include "base/errors.h"
#include "lab/drawing/result.h"

namespace lf {
namespace {

TEST(LabDrawing, AnImageGoesThroughText) {
  std::vector<uint8_t> pixels(784);
  for (size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<uint8_t>(i * 7);
  EXPECT_EQ(image_text(pixels).size(), kImageTextLength);
  EXPECT_EQ(parse_image_text(image_text(pixels)), pixels);
}

TEST(LabDrawing, WhatIsNoImageIsRefused) {
  std::string text(kImageTextLength, '0');
  EXPECT_NO_THROW(parse_image_text(text));
  for (const char wrong : {'g', 'A', ' ', '\n'}) {
    text[77] = wrong;
    EXPECT_THROW(parse_image_text(text), InputError) << wrong;
  }
  EXPECT_THROW(parse_image_text(""), InputError);
  EXPECT_THROW(parse_image_text("00ff"), InputError);
}

}  // namespace
}  // namespace lf
