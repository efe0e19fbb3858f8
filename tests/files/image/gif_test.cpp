#include "files/image/gif.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/errors.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "files/image/gif_frames.h"
#include "files/image/palette.h"
#include "files/image/read_image.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

/// A dark window with a moving bright line: flat surfaces and thin detail, as in a screenshot.
files::Image8 window_frame(int t) {
  files::Image8 frame{64, 48, 3, {}};
  for (int y = 0; y < 48; ++y) {
    for (int x = 0; x < 64; ++x) {
      const bool line = x == t, card = x > 10 && y > 10 && y < 40;
      const std::array<uint8_t, 3> c = line   ? std::array<uint8_t, 3>{0x3D, 0x7B, 0xFD}
                                       : card ? std::array<uint8_t, 3>{0x16, 0x1A, 0x20}
                                              : std::array<uint8_t, 3>{0x0F, 0x12, 0x16};
      frame.pixels.insert(frame.pixels.end(), c.begin(), c.end());
    }
  }
  return frame;
}

/// Plays the frames like a viewer; returns the RGB image after frame n.
std::vector<uint8_t> play(const files::GifFrames& gif, size_t n) {
  std::vector<uint8_t> shown(size_t(gif.width) * gif.height * 3);
  for (size_t f = 0; f <= n; ++f) {
    const files::GifPatch& patch = gif.patches[f];
    for (int i = 0; i < patch.width * patch.height; ++i) {
      const int index = patch.indices[size_t(i)];
      if (index == gif.transparent) continue;
      const size_t at = size_t(patch.top + i / patch.width) * gif.width + patch.left + i % patch.width;
      std::copy_n(gif.palette[size_t(index)].begin(), 3, &shown[at * 3]);
    }
  }
  return shown;
}

TEST(GifFrames, FlatColoursComeOutExactlyInEveryFrame) {
  std::vector<files::Image8> frames;
  for (int t = 0; t < 8; ++t) frames.push_back(window_frame(20 + t));
  const files::GifFrames gif = files::make_gif_frames(frames);
  for (size_t f = 0; f < frames.size(); ++f) EXPECT_EQ(play(gif, f), frames[f].pixels) << "frame " << f;
  EXPECT_LT(gif.patches[3].indices.size(), 64u * 48u / 4) << "only the changed part is stored";
}

TEST(GifFrames, GreyIsKeptExactly) {
  files::Image8 ramp{16, 16, 1, {}};
  for (int i = 0; i < 256; ++i) ramp.pixels.push_back(uint8_t(i));
  files::Image8 black{16, 16, 1, std::vector<uint8_t>(256, 0)};
  const files::GifFrames gif = files::make_gif_frames({ramp, black, ramp});
  const auto shown = play(gif, 2);
  for (size_t i = 0; i < 256; ++i) EXPECT_EQ(shown[3 * i], i);
}

TEST(Palette, ManyColoursStayCloseToTheirOwn) {
  files::Image8 ramp{64, 64, 3, {}};
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) {
      for (int value : {x * 4, y * 4, 128}) ramp.pixels.push_back(uint8_t(value));
    }
  }
  files::Palette palette({ramp}, 255);
  EXPECT_LE(palette.colors().size(), 255u);
  double squares = 0;
  for (size_t i = 0; i < ramp.pixels.size(); i += 3) {
    const auto& color = palette.colors()[palette.index_of(&ramp.pixels[i])];
    for (size_t c = 0; c < 3; ++c) squares += std::pow(double(color[c]) - ramp.pixels[i + c], 2);
  }
  // 255 squares of a 256 x 256 plane have sides of 16, hence an error of 16^2 / 12 per channel; 1.5 for
  // slack.
  EXPECT_LT(squares / (64 * 64), 2 * 256.0 / 12 * 1.5);
}

TEST(GifFrames, RefusesUnfitFrames) {
  expect_error<InputError>("no frames", [] { files::make_gif_frames({}); });
  expect_error<InputError>("differ", [] {
    files::make_gif_frames({window_frame(1), files::Image8{1, 1, 3, {0, 0, 0}}});
  });
  expect_error<InputError>("channels", [] { files::make_gif_frames({files::Image8{1, 1, 2, {0, 0}}}); });
}

TEST(Gif, WritesALoopingFileOrSaysWhyNot) {
  TemporaryFolder folder;
  const auto path = folder / "flow.gif";
  if (!files::gif_available()) {
    expect_error<RunError>("LATENTFLOW_GIF", [&] { files::write_gif(path, {window_frame(1)}, 40, true); });
    return;
  }
  files::write_gif(path, {window_frame(1), window_frame(2), window_frame(3)}, 40, true);
  const auto bytes = files::read_file(path, 1 << 20);
  const std::string text(bytes.begin(), bytes.end());
  EXPECT_EQ(text.substr(0, 6), "GIF89a");
  EXPECT_EQ(bytes.back(), 0x3B);
  const size_t loop = text.find("NETSCAPE2.0");
  ASSERT_NE(loop, std::string::npos);
  EXPECT_EQ(text.substr(loop + 11, 5), std::string("\3\1\0\0\0", 5));
  const std::string control("\x21\xF9\4", 3);
  int frames = 0;
  for (size_t at = text.find(control); at != std::string::npos; at = text.find(control, at + 1)) {
    ++frames;
    EXPECT_EQ(bytes[at + 4], 4) << "delay in hundredths";
  }
  EXPECT_EQ(frames, 3);
  const files::Image8 first =
      files::read_image(path, 3);  // an independent decoder reads the first frame back
  EXPECT_EQ(first.pixels, window_frame(1).pixels);
  files::write_gif(path, {window_frame(1)}, 40, false);
  const auto once = files::read_file(path, 1 << 20);
  EXPECT_EQ(std::string(once.begin(), once.end()).find("NETSCAPE"), std::string::npos);
}

}  // namespace
}  // namespace lf::testing
