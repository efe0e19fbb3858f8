#include "files/image/png.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "files/image/read_image.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

files::Image8 pattern(int width, int height, int channels) {
  files::Image8 image{width, height, channels, {}};
  for (int i = 0; i < width * height * channels; ++i) image.pixels.push_back(uint8_t(i * 37 + i / 7));
  return image;
}

TEST(Png, RoundTripOfEveryChannelCount) {
  TemporaryFolder folder;
  for (int channels = 1; channels <= 4; ++channels) {
    const files::Image8 image = pattern(31, 17, channels);
    files::write_png(folder / "x.png", image);
    const files::Image8 back = files::read_image(folder / "x.png");
    EXPECT_EQ(back.width, 31);
    EXPECT_EQ(back.height, 17);
    EXPECT_EQ(back.channels, channels);
    EXPECT_EQ(back.pixels, image.pixels);
  }
  EXPECT_EQ(folder.count(), 1u);
}

TEST(Png, SameImageSameBytes) {
  EXPECT_EQ(files::encode_png(pattern(40, 30, 3)), files::encode_png(pattern(40, 30, 3)));
}

TEST(Png, ConvertsToTheWantedChannels) {
  TemporaryFolder folder;
  files::write_png(folder / "x.png", files::Image8{1, 1, 3, {200, 200, 200}});
  const files::Image8 grey = files::read_image(folder / "x.png", 1);
  EXPECT_EQ(grey.channels, 1);
  EXPECT_EQ(grey.pixels, std::vector<uint8_t>{200});
}

TEST(Png, RefusesEmptyInconsistentAndDamaged) {
  TemporaryFolder folder;
  expect_error<InputError>("no pixels", [&] { files::write_png(folder / "x.png", files::Image8{}); });
  expect_error<InputError>("do not fit its size", [&] {
    files::write_png(folder / "x.png", files::Image8{2, 2, 1, {0}});
  });
  files::write_file_atomically(folder / "bad.png", std::string("no picture"));
  expect_error<InputError>("bad.png", [&] { files::read_image(folder / "bad.png"); });
  auto cut = files::encode_png(pattern(60, 60, 3));
  cut.resize(cut.size() / 2);
  expect_error<InputError>("cut.png", [&] { files::decode_image(cut, "cut.png"); });
}

TEST(Png, NamesWhatIsNoImage) {
  const auto refuse = [](const std::string& bytes, const std::string& why) {
    expect_error<InputError>(why, [&] { files::decode_image({bytes.begin(), bytes.end()}, "x.png"); });
  };
  refuse("<!DOCTYPE html><html>", "it is a web page (HTML)");
  refuse("%PDF-1.7 ...", "it is a PDF document; export its page as PNG");
  refuse("version https://git-lfs.github.com/spec/v1", "git lfs pull");
  refuse("", "it is an empty file");
  refuse("\xff\xd8\xff\xe0 no more", "it is a JPEG image, but it is damaged");
  refuse("a drawing", "it is a text file; PNG, JPEG, BMP and GIF images can be read");
}

TEST(Png, RefusesSizesThatCannotLieInTheFile) {
  auto promise = files::encode_png(pattern(8, 8, 3));
  for (const size_t byte : {size_t(18), size_t(22)}) promise[byte] = 0x3F;  // high byte of width and height
  expect_error<InputError>("16136 x 16136 pixels; it is too large",
                           [&] { files::decode_image(promise, "promise.png"); });
  for (const size_t byte : {size_t(18), size_t(22)}) promise[byte] = 0x0F;  // 3848 x 3848: 15 million
  expect_error<InputError>("it is cut off", [&] { files::decode_image(promise, "promise.png"); });
  const std::vector<uint8_t> flat{'B', 'M', 70, 0, 0, 0, 0, 0, 0, 0, 62, 0, 0, 0, 40, 0, 0, 0,
                                  0,   0,   0,  0, 2, 0, 0, 0, 1, 0, 1,  0, 0, 0, 0,  0, 2, 0};
  auto empty = flat;
  empty.resize(70);
  expect_error<InputError>("0 x 2", [&] { files::decode_image(empty, "empty.bmp"); });
  // A valid image of mostly empty paper is accepted, however well it is compressed.
  files::Image8 paper{2400, 2400, 1, std::vector<uint8_t>(size_t(2400) * 2400, 255)};
  EXPECT_EQ(files::decode_image(files::encode_png(paper), "paper.png").pixels, paper.pixels);
}

}  // namespace
}  // namespace lf::testing
