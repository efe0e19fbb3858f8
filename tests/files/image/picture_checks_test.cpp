#include "files/image/picture_checks.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "expect_error.h"
#include "files/image/png.h"
#include "files/image/read_image.h"

namespace lf::testing {
namespace {

using PictureBytes = std::vector<uint8_t>;

/// A segment of one Huffman table with `each` codes of each of the sixteen lengths.
PictureBytes table(uint8_t each) {
  const size_t codes = 16 * size_t(each), length = 2 + 17 + codes;
  PictureBytes bytes{0xFF, 0xC4, uint8_t(length >> 8), uint8_t(length), 0x13};
  bytes.resize(21, each);
  bytes.resize(21 + codes);
  return bytes;
}

PictureBytes operator+(PictureBytes a, const PictureBytes& b) {
  for (const uint8_t byte : b) a.push_back(byte);
  return a;
}

const PictureBytes kStart{0xFF, 0xD8};

TEST(JpegTables, RefusesMoreCodesThanThereAre) {
  EXPECT_TRUE(files::jpeg_tables_fit(kStart + table(16)));
  EXPECT_FALSE(files::jpeg_tables_fit(kStart + table(17)));
  EXPECT_FALSE(files::jpeg_tables_fit(kStart + table(16) + PictureBytes{0, 7, 0xFF, 0xFF} +
                                      table(200)));  // after padding
  expect_error<InputError>("damaged JPEG", [] { files::decode_image(kStart + table(255), "x.jpg"); });
}

TEST(JpegTables, LooksIntoScansAndNotIntoOtherSegments) {
  const PictureBytes text{0xFF, 0xFE, 0, 60};  // a comment of 58 bytes that looks like a table
  PictureBytes inside = table(255);
  inside.resize(58);
  EXPECT_TRUE(files::jpeg_tables_fit(kStart + text + inside + table(2)));
  EXPECT_FALSE(files::jpeg_tables_fit(kStart + text + inside + table(20)));
  EXPECT_FALSE(
      files::jpeg_tables_fit(kStart + PictureBytes{0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2} + table(20)));
}

TEST(JpegTables, OtherFilesAndCutOnesPass) {
  EXPECT_TRUE(files::jpeg_tables_fit({}));
  EXPECT_TRUE(files::jpeg_tables_fit({0x89, 'P', 'N', 'G', 0xFF, 0xC4, 0, 40, 0, 255, 255}));
  EXPECT_TRUE(files::jpeg_tables_fit({0xFF, 0xD8, 0xFF, 0xC4}));
  EXPECT_TRUE(files::jpeg_tables_fit({0xFF, 0xD8, 0xFF, 0xC4, 0, 19, 0, 1, 1}));
}

TEST(PngChunks, RefusesChunksLongerThanTheFile) {
  const PictureBytes sound = files::encode_png(files::Image8{2, 2, 1, {0, 50, 100, 150}});
  EXPECT_TRUE(files::png_chunks_fit(sound));
  PictureBytes promise = sound;
  promise[33] = 0x40;  // the length of the pixels' chunk: a gigabyte
  EXPECT_FALSE(files::png_chunks_fit(promise));
  expect_error<InputError>("ends early", [&] { files::decode_image(promise, "x.png"); });
  EXPECT_TRUE(files::png_chunks_fit({}));
  EXPECT_TRUE(files::png_chunks_fit(
      {'B', 'M', 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}));
}

}  // namespace
}  // namespace lf::testing
