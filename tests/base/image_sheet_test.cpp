// Sheets of images hold the shape of their images.
#include "base/image_sheet.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "base/image_shape.h"
#include "expect_error.h"
#include "grey_sheet.h"

namespace lf::testing {
namespace {

constexpr ImageShape kTall{20, 12};

TEST(ImageShape, CountsItsPixelsAndCompares) {
  static_assert(kTall.pixels() == 240 && kDigitPixels == kDigitSide * kDigitSide);
  EXPECT_EQ(kTall, (ImageShape{20, 12}));
  EXPECT_NE(kTall, (ImageShape{12, 20}));
  EXPECT_EQ(size_text(kTall), "20×12");
}

TEST(ImageSheet, CountsWholeImagesOfItsShape) {
  ImageSheet sheet = ImageSheet::black(3, kTall);
  EXPECT_EQ(sheet.count(), 3u);
  EXPECT_TRUE(sheet.holds(3));
  sheet.bytes.pop_back();
  EXPECT_EQ(sheet.count(), 2u);
  EXPECT_FALSE(sheet.holds(2)) << "a part of an image is left over";
  EXPECT_TRUE(ImageSheet().holds(0));
}

TEST(ImageSheet, FindsAnImageBehindTheOnesBefore) {
  ImageSheet sheet = grey_sheet(2, 7, kTall);
  sheet.append(grey_sheet(1, 9, kTall));
  EXPECT_EQ(sheet.image(1).pixels[239], 7);
  EXPECT_EQ(sheet.image(2).pixels[0], 9);
  EXPECT_EQ(sheet.image(2).shape, kTall);
  sheet.image_data(1)[0] = 3;
  EXPECT_EQ(sheet.bytes[240], 3);
}

TEST(ImageSheet, TakesPartsAndLeavesOutWhatIsNotThere) {
  ImageSheet all;
  for (uint8_t grey = 0; grey < 4; ++grey) all.append(grey_sheet(1, grey, kTall));
  EXPECT_EQ(all.shape, kTall) << "taken from the first images";
  const ImageSheet some = all.part(1, 2);
  ASSERT_TRUE(some.holds(2));
  EXPECT_EQ(some.bytes[0], 1);
  EXPECT_EQ(some.bytes[240], 2);
  EXPECT_TRUE(all.part(3, 5).holds(1));
  EXPECT_TRUE(all.part(4, 1).empty());
  EXPECT_EQ(all.part(9, 9).shape, kTall);
}

TEST(ImageSheet, RefusesImagesOfAnotherShape) {
  ImageSheet digits = ImageSheet::black(1);
  expect_error<RunError>("20×12", [&] { digits.append(ImageSheet::black(1, kTall)); });
  EXPECT_TRUE(digits.holds(1));
  digits.append(ImageSheet(kTall));
  EXPECT_TRUE(digits.holds(1)) << "nothing has no shape to disagree with";
}

}  // namespace
}  // namespace lf::testing
