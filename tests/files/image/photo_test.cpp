#include "files/image/photo.h"

#include <gtest/gtest.h>

#include <cmath>

#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STBI_WRITE_NO_STDIO
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_image_write.h>
#pragma GCC diagnostic pop

#include "base/errors.h"
#include "drawn_photo.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "files/digit/picture_turn.h"
#include "files/image/photo_jpeg.h"
#include "files/image/photo_png.h"
#include "files/image/photo_reducer.h"
#include "files/image/png.h"
#include "files/image/read_image.h"
#include "temporary_folder.h"
#include "test_paths.h"

namespace lf::testing {
namespace {

using Bytes = std::vector<uint8_t>;

/// Stored with the orientation of a camera held that way.
files::Image8 stored(const files::Photo& upright, int orientation) {
  const bool lies = orientation >= 5;
  files::Image8 image{lies ? upright.height : upright.width, lies ? upright.width : upright.height, 4, {}};
  image.pixels.resize(upright.rgba.size());
  for (int y = 0; y < upright.height; ++y) {
    for (int x = 0; x < upright.width; ++x) {
      const files::TurnedPixel to = files::stored_pixel(orientation, image.width, image.height, x, y);
      std::copy_n(upright.pixel(x, y), 4,
                  image.pixels.begin() + 4 * (std::ptrdiff_t(to.y) * image.width + to.x));
    }
  }
  return image;
}

void append(void* bytes, void* data, int size) {
  auto* from = static_cast<uint8_t*>(data);
  static_cast<Bytes*>(bytes)->insert(static_cast<Bytes*>(bytes)->end(), from, from + size);
}

Bytes jpeg(const files::Image8& image) {
  Bytes bytes;
  stbi_write_jpg_to_func(append, &bytes, image.width, image.height, image.channels, image.pixels.data(), 90);
  return bytes;
}

/// EXIF with one entry, in either byte order.
Bytes exif(int orientation, bool big_endian) {
  const auto o = uint8_t(orientation);
  if (big_endian)
    return {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, o, 0, 0, 0, 0, 0, 0};
  return {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, o, 0, 0, 0, 0, 0, 0, 0};
}

Bytes jpeg_with(const Bytes& jpeg, const Bytes& tiff) {
  Bytes out(jpeg.begin(), jpeg.begin() + 2);
  const Bytes head{0xFF, 0xE1, 0, uint8_t(8 + tiff.size()), 'E', 'x', 'i', 'f', 0, 0};
  out.insert(out.end(), head.begin(), head.end());
  out.insert(out.end(), tiff.begin(), tiff.end());
  out.insert(out.end(), jpeg.begin() + 2, jpeg.end());
  return out;
}

/// After the header chunk; its checksum is wrong, which is ignored in a chunk without image data.
Bytes png_with(const Bytes& png, const Bytes& tiff) {
  constexpr std::ptrdiff_t kHeader = 33;
  Bytes out(png.begin(), png.begin() + kHeader);
  const Bytes head{0, 0, 0, uint8_t(tiff.size()), 'e', 'X', 'I', 'f'};
  out.insert(out.end(), head.begin(), head.end());
  out.insert(out.end(), tiff.begin(), tiff.end());
  out.resize(out.size() + 4);
  out.insert(out.end(), png.begin() + kHeader, png.end());
  return out;
}

TEST(Photo, TurnsAsTheCameraWasHeld) {
  Drawn sheet(kWhite, 320, 240);
  const files::Photo upright = sheet.seven().photo();
  const files::DigitPixels wanted = files::digit_in(upright, "upright");
  for (int orientation = 1; orientation <= 8; ++orientation) {
    SCOPED_TRACE(orientation);
    const files::Image8 image = stored(upright, orientation);
    const files::Photo from_jpeg =
        files::decode_photo(jpeg_with(jpeg(image), exif(orientation, orientation % 2)), "x.jpg");
    EXPECT_EQ(from_jpeg.width, 320);
    EXPECT_EQ(from_jpeg.height, 240);
    EXPECT_GT(alike(files::digit_in(from_jpeg, "x.jpg"), wanted), 0.95);
    const files::Photo from_png =
        files::decode_photo(png_with(files::encode_png(image), exif(orientation, true)), "x.png");
    EXPECT_EQ(from_png.rgba, upright.rgba);
  }
}

TEST(Photo, DamagedOrientationsAreNone) {
  Bytes tiff = exif(6, true);
  EXPECT_EQ(files::exif_orientation(tiff.data(), tiff.size()), 6);
  for (size_t n = 0; n < 18; ++n) EXPECT_EQ(files::exif_orientation(tiff.data(), n), 1) << n;
  tiff[19] = 9;
  EXPECT_EQ(files::exif_orientation(tiff.data(), tiff.size()), 1);
  tiff[4] = 0xFF;  // the list is far beyond the end
  EXPECT_EQ(files::exif_orientation(tiff.data(), tiff.size()), 1);
  EXPECT_EQ(files::picture_orientation({0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 'E', 'x', 'i', 'f', 0, 0}), 1);
  EXPECT_EQ(files::picture_orientation({}), 1);
}

TEST(Photo, EveryKindOfEveryFormat) {
  for (const char* name : {"rgba.png", "grey.png", "palette.png", "interlaced.png", "deep.png", "grey.jpg",
                           "progressive.jpg", "cmyk.jpg", "grey.bmp", "palette.bmp", "dot.gif", "four.gif"}) {
    SCOPED_TRACE(name);
    const auto path = std::filesystem::path(FIXTURES).parent_path() / "fuzz" / "corpus" / "picture" / name;
    const files::Photo photo = files::read_photo(path);
    const files::Image8 by_stb = files::read_image(path, 4);
    ASSERT_EQ(photo.width, by_stb.width);
    ASSERT_EQ(photo.height, by_stb.height);
    double off = 0;
    for (size_t i = 0; i < photo.rgba.size(); ++i)
      off = std::max(off, std::fabs(double(photo.rgba[i]) - by_stb.pixels[i]));
    EXPECT_LE(off, std::string(name).find(".jpg") == std::string::npos ? 0 : 12) << "as stb reads it";
  }
}

TEST(Photo, LargeOnesAreReducedWhileTheyAreRead) {
  files::Image8 large{4001, 2999, 1, Bytes(size_t(4001) * 2999, 250)};
  for (int y = 1000; y < 2000; ++y) {
    for (int x = 1900; x < 2100; ++x) large.pixels[size_t(y) * 4001 + size_t(x)] = 10;
  }
  for (const Bytes& bytes : {files::encode_png(large), jpeg(large)}) {
    const files::Photo photo = files::decode_photo(bytes, "large");
    EXPECT_LE(photo.width, files::kPhotoSide);
    EXPECT_GT(photo.width, files::kPhotoSide / 4);
    EXPECT_NEAR(photo.pixel(photo.width / 2, photo.height / 2)[0], 10, 3);
    EXPECT_NEAR(photo.pixel(10, 10)[1], 250, 3);
    EXPECT_EQ(photo.pixel(photo.width - 1, photo.height - 1)[3], 255) << "its last pixels stand for fewer";
  }
}

TEST(PhotoReducer, MeansAreWeightedByOpacity) {
  const int side = 2 * files::kPhotoSide;  // four pixels become one
  files::PhotoReducer reducer(side, 2);
  const Bytes row{200, 100, 0, 255, 0, 0, 0, 0};
  for (int y = 0; y < 2; ++y) {
    for (int x = 0; x < side; x += 2) reducer.add(y, x, 1, row.data(), 2);
  }
  const files::Photo photo = reducer.finish();
  EXPECT_EQ(photo.width, files::kPhotoSide);
  EXPECT_EQ(photo.height, 1);
  EXPECT_EQ(Bytes(photo.rgba.begin(), photo.rgba.begin() + 4), (Bytes{200, 100, 0, 128}));
}

TEST(Photo, RefusesOtherKindsDamagedAndAbsurdOnes) {
  const Bytes png = files::encode_png(stored(Drawn().seven().photo(), 1)),
              jpg = jpeg(stored(Drawn().seven().photo(), 1));
  const auto refused = [](const char* part, Bytes bytes) {
    expect_error<InputError>(part, [&] { files::decode_photo(bytes, "x"); });
    expect_error<InputError>("'x'", [&] { files::decode_photo(bytes, "x"); });
  };
  refused("an empty file", {});
  refused("a PDF document", {'%', 'P', 'D', 'F', '-', '1'});
  refused("a text file", {'h', 'e', 'l', 'l', 'o'});
  refused("early", {png.begin(), png.begin() + std::ptrdiff_t(png.size() / 2)});
  if (files::reads_jpeg_rows()) refused("early", {jpg.begin(), jpg.begin() + std::ptrdiff_t(jpg.size() / 2)});
  Bytes promise = png;
  promise[16] = promise[20] = 0x01;  // 16 million pixels a side
  refused("", promise);
  const TemporaryFolder folder;
  expect_error<InputError>("no such file", [&] { files::read_photo(folder / "none.png"); });
  expect_error<InputError>("not a file", [&] { files::read_photo(folder.path()); });
  files::write_file_atomically(folder / "no ending", jpg);
  EXPECT_EQ(files::read_photo(folder / "no ending").width, 320);
}

}  // namespace
}  // namespace lf::testing
