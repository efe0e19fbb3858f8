#include <gtest/gtest.h>

#include "base/errors.h"
#include "base/image_sheet.h"
#include "lab/drawing/result.h"

namespace lf {
namespace {

TEST(LabDrawing, AnImageGoesThroughText) {
  ImageSheet image = ImageSheet::black(1);
  for (size_t i = 0; i < image.bytes.size(); ++i) image.bytes[i] = static_cast<uint8_t>(i * 7);
  const std::string text = image_text(image.image(0));
  EXPECT_EQ(text.size(), kImageTextLength);
  EXPECT_EQ(parse_image_text(text).bytes, image.bytes);
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
