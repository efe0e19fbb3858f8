#include "files/animation/animation_file.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>

#include "base/output_name.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "files/image/read_image.h"
#include "scoped_environment.h"
#include "temporary_folder.h"

namespace lf::files {
namespace {

using lf::testing::expect_error;
using lf::testing::ScopedEnvironment;
using lf::testing::TemporaryFolder;

Image8 frame_of(uint8_t grey, int width = 40, int height = 30, int channels = 3) {
  return {width, height, channels, std::vector<uint8_t>(size_t(width * height * channels), grey)};
}

void write_three(const AnimationKind& kind, const std::filesystem::path& path) {
  const auto file = kind.open(path, 80);
  for (const uint8_t grey : {0, 128, 255}) file->add(frame_of(grey));
  file->finish();
}

std::string output_of(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  std::string text;
  std::array<char, 512> block{};
  while (pipe && fgets(block.data(), block.size(), pipe)) text += block.data();
  pclose(pipe);
  return text;
}

class EveryKind : public ::testing::TestWithParam<int> {
 protected:
  const AnimationKind& kind() const { return animation_kinds()[size_t(GetParam())]; }
  void SetUp() override {
    if (!kind().problem().empty()) GTEST_SKIP() << kind().problem();
  }
  TemporaryFolder folder_;
  std::filesystem::path path_ =
      folder_.path() / (std::string("x") + animation_kinds()[size_t(GetParam())].ending);
};

TEST_P(EveryKind, IsWrittenAtTheEndAlone) {
  const auto file = kind().open(path_, 80);
  file->add(frame_of(0));
  EXPECT_FALSE(std::filesystem::exists(path_));
  file->add(frame_of(255));
  file->finish();
  EXPECT_GT(std::filesystem::file_size(path_), 30u);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1);
}

TEST_P(EveryKind, CancelledItLeavesTheOldFile) {
  write_file_atomically(path_, std::string("old"));
  {
    const auto file = kind().open(path_, 80);
    file->add(frame_of(0));
  }
  EXPECT_EQ(read_file(path_, 10), (std::vector<uint8_t>{'o', 'l', 'd'}));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1);
}

TEST_P(EveryKind, FramesOfAnotherSizeAreRefused) {
  const auto file = kind().open(path_, 80);
  file->add(frame_of(0));
  expect_error<InputError>("size", [&] { file->add(frame_of(0, 41)); });
  expect_error<InputError>("grey or colour", [&] { file->add(frame_of(0, 40, 30, 2)); });
}

TEST_P(EveryKind, GreyFramesAreWrittenToo) {
  const auto file = kind().open(path_, 80);
  file->add(frame_of(7, 40, 30, 1));
  file->add(frame_of(90, 40, 30, 1));
  file->finish();
  EXPECT_TRUE(std::filesystem::exists(path_));
}

TEST_P(EveryKind, AFolderThatIsMissingIsSaid) {
  const auto missing = folder_.path() / "none" / path_.filename();
  expect_error<RunError>("none", [&] { write_three(kind(), missing); });
}

std::string kind_name(const ::testing::TestParamInfo<int>& info) {
  return animation_kinds()[size_t(info.param)].name;
}
INSTANTIATE_TEST_SUITE_P(AnimationFile, EveryKind, ::testing::Range(0, 3), kind_name);

TEST(AnimationFile, KindsHaveTheKnownEndings) {
  ASSERT_EQ(animation_kinds().size(), std::size(kAnimationEndings));
  for (const AnimationKind& kind : animation_kinds()) {
    EXPECT_TRUE(is_animation(std::string("a/b") + kind.ending));
    EXPECT_EQ(animation_kind(std::string("b") + kind.ending), &kind);
  }
  EXPECT_EQ(animation_kind("x.png"), nullptr);
  EXPECT_NO_THROW(require_animation("--out", "x.png"));
}

TEST(AnimationFile, ALosslessWebpBeginsWithItsFirstFrame) {
  if (!webp_problem().empty()) GTEST_SKIP() << webp_problem();
  const TemporaryFolder folder;
  write_three(animation_kinds()[1], folder.path() / "x.webp");
  const auto bytes = read_file(folder.path() / "x.webp", 1 << 20);
  const std::string text(bytes.begin(), bytes.end());
  EXPECT_EQ(text.substr(0, 4), "RIFF");
  EXPECT_EQ(text.substr(8, 8), "WEBPVP8X");
  size_t frames = 0;
  for (size_t at = 0; (at = text.find("ANMF", at)) != std::string::npos; ++at) ++frames;
  EXPECT_EQ(frames, 3u);
}

TEST(AnimationFile, AnMp4HasAllFramesAndEvenSizes) {
  if (!mp4_problem().empty()) GTEST_SKIP() << mp4_problem();
  const TemporaryFolder folder;
  const auto path = folder.path() / "x.mp4";
  const auto file = open_mp4(path, 80);
  for (const uint8_t grey : {0, 128, 255}) file->add(frame_of(grey, 41, 31));
  file->finish();
  EXPECT_EQ(output_of("ffprobe -v error -count_frames -select_streams v -show_entries "
                      "stream=width,height,nb_read_frames -of csv=p=0 " +
                      path.string()),
            "42,32,3\n");
}

TEST(AnimationFile, WithoutFfmpegTheReasonAndTheWayOutAreSaid) {
  const ScopedEnvironment path("PATH", "/nowhere");
  expect_error<InputError>("ffmpeg", [] { require_animation("sample: --out", "x.mp4"); });
  expect_error<InputError>(".webp", [] { require_animation("sample: --out", "x.mp4"); });
}

TEST(AnimationFile, AnFfmpegThatFailsGivesItsReason) {
  const TemporaryFolder folder;
  const auto program = folder.path() / "ffmpeg";
  write_file_atomically(program, std::string("#!/bin/sh\necho 'no such encoder' >&2\nexit 1\n"));
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  const ScopedEnvironment path("PATH", folder.path().c_str());
  expect_error<RunError>("no such encoder", [&] {
    const auto file = open_mp4(folder.path() / "x.mp4", 80);
    for (int i = 0; i < 1000; ++i) file->add(frame_of(uint8_t(i), 400, 300));
    file->finish();
  });
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "x.mp4"));
}

}  // namespace
}  // namespace lf::files
