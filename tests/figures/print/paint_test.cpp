// Drawings as pixels: the scale, and clouds on a transparent ground.
#include "figures/print/paint.h"

#include "input_error_of.h"

namespace lf::figures {
namespace {

const uint8_t* pixel_at(const files::Image8& image, int x, int y) {
  return &image.pixels[size_t((y * image.width + x) * image.channels)];
}

TEST(Paint, TheScaleMultipliesPlacesAndSizes) {
  Drawing drawing(40, 20, kPrint);
  drawing.fill_rect(10, 5, 10, 10, files::Rgb::hex(0x102030));
  for (const int scale : {1, 3}) {
    const files::Image8 image = painted(drawing, scale);
    EXPECT_EQ(image.width, 40 * scale);
    EXPECT_EQ(image.height, 20 * scale);
    int64_t filled = 0;
    for (int y = 0; y < image.height; ++y)
      for (int x = 0; x < image.width; ++x) filled += pixel_at(image, x, y)[2] == 0x30;
    EXPECT_EQ(filled, 100 * scale * scale);
    EXPECT_EQ(pixel_at(image, 10 * scale, 5 * scale)[0], 0x10);
  }
}

TEST(Paint, ACloudKeepsItsColourAndIsClearElsewhere) {
  const Cloud cloud{{10, 10, 20, 20}, {{{20, 20}, 5, files::Rgb::hex(0xC02040, 0.5f)}, {{90, 20}, 5, {}}}};
  const files::Image8 image = painted_cloud(cloud, 2);
  ASSERT_EQ(image.width, 40);
  ASSERT_EQ(image.channels, 4);
  const uint8_t* middle = pixel_at(image, 20, 20);
  EXPECT_NEAR(middle[3], 128, 2);
  EXPECT_NEAR(middle[0], 0xC0, 3);
  EXPECT_NEAR(middle[1], 0x20, 3);
  EXPECT_EQ(pixel_at(image, 1, 1)[3], 0);
}

TEST(Paint, TooLargeImagesAreRefused) {
  EXPECT_TRUE(has(input_error_of([] { painted(Drawing(2000, 100, kPrint), 10); }), {"20000 × 1000", "dpi"}));
  EXPECT_TRUE(has(input_error_of([] { Drawing(0, 10, kPrint); }), {"0 × 10"}));
}

TEST(Palettes, GreyHasNoColourAndItsClassesDiffer) {
  for (size_t i = 0; i < kGrey.digits.size(); ++i) {
    EXPECT_EQ(kGrey.digits[i].r, kGrey.digits[i].g);
    EXPECT_EQ(kGrey.digits[i].r, kGrey.digits[i].b);
    for (size_t j = 0; j < i; ++j)
      EXPECT_GE(std::abs(int(kGrey.digits[i].r) - int(kGrey.digits[j].r)), 14) << i << " and " << j;
  }
  for (const files::Rgb role : {kGrey.blue, kGrey.amber, kGrey.green, kGrey.violet, kGrey.red})
    EXPECT_TRUE(role.r == role.g && role.g == role.b);
}

}  // namespace
}  // namespace lf::figures
