#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/errors.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "files/file_kind.h"
#include "files/image/png.h"
#include "make_gzip.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

files::FileKind use_of(std::string text) {
  text.resize(std::max<size_t>(text.size(), 1), ' ');
  return files::file_kind({text.begin(), text.end()});
}

std::string zeros(std::string text, size_t n) {
  text.resize(n, '\0');
  return text;
}

TEST(FileUse, PicturesModelsAndDataWhateverTheirName) {
  EXPECT_EQ(files::file_kind(files::encode_png(files::Image8{2, 2, 1, {0, 50, 100, 150}})).use,
            files::FileUse::Picture);
  EXPECT_EQ(use_of("\xff\xd8\xff\xe0 JFIF").use, files::FileUse::Picture);
  EXPECT_EQ(use_of("GIF89a...").use, files::FileUse::Picture);
  EXPECT_EQ(use_of("BM" + zeros("", 12) + zeros("(", 40)).use, files::FileUse::Picture);
  EXPECT_EQ(use_of(zeros("@", 8) + "{\"x\":").use, files::FileUse::Model);
  const std::string idx = std::string("\0\0\x08\x03\0\0\0\x01", 8) + zeros("", 8);
  EXPECT_EQ(use_of(idx).use, files::FileUse::Data);
  EXPECT_EQ(files::file_kind(make_gzip({idx.begin(), idx.end()})).use, files::FileUse::Data);
  EXPECT_EQ(files::file_kind(make_gzip({'t', 'e', 'x', 't'})).use, files::FileUse::None);
}

TEST(FileUse, NamesWhatCannotBeUsed) {
  const std::pair<std::string, const char*> known[] = {
      {zeros("II*", 20), "TIFF"},
      {"RIFF1234WEBPVP8 ", "WebP"},
      {zeros("", 3) + "\x18" + "ftypheic" + zeros("", 20), "HEIC"},
      {zeros("", 3) + "\x18" + "ftypavif" + zeros("", 20), "AVIF"},
      {zeros("", 3) + "\x18" + "ftypisom" + zeros("", 20), "video"},
      {"%PDF-1.7\n", "PDF"},
      {"<?xml version=\"1.0\"?>\n<svg xmlns=", "SVG"},
      {"<!DOCTYPE html>\n<html>", "web page"},
      {"version https://git-lfs.github.com/spec/v1\n", "pointer"},
      {"PK\x03\x04 archive/data.pkl", "pickle"},
      {"PK\x03\x04 photos/a.txt", "zip"},
      {std::string("\x80\x02", 2) + "}q", "pickle"},
      {"P5\n28 28\n255\n", "PNM"},
      {"train preset=fast\n", "text"},
      {"BM is how this text begins, and it is no picture", "text"},
      {zeros("", 100), "zeros"},
      {zeros("\x01\x02\x03", 100), ""},
  };
  for (const auto& [bytes, word] : known) {
    const files::FileKind kind = use_of(bytes);
    EXPECT_STREQ(kind.word, word);
    EXPECT_EQ(kind.use, files::FileUse::None);
  }
  EXPECT_STREQ(files::file_kind({}).what, "an empty file");
  EXPECT_EQ(files::wrong_kind("a.png", use_of("RIFF1234WEBPVP8 "), "an image of a digit"),
            "cannot use 'a.png': it is a WebP image, not an image of a digit; convert it to PNG or JPEG");
}

TEST(FileUse, WhatIsNoFileIsRefusedWithoutWaiting) {
  const TemporaryFolder folder;
  expect_error<InputError>("no such file", [&] { files::file_kind_of(folder / "none"); });
  expect_error<InputError>("not a file", [&] { files::file_kind_of(folder.path()); });
  ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
  expect_error<InputError>("not a file", [&] { files::file_kind_of(folder / "pipe"); });
  std::filesystem::create_symlink("loop", folder / "loop");
  expect_error<InputError>("cannot read", [&] { files::file_kind_of(folder / "loop"); });
  files::write_file_atomically(folder / "x.PNG", std::string("%PDF-1.4"));
  EXPECT_STREQ(files::file_kind_of(folder / "x.PNG").word, "PDF");
}

}  // namespace
}  // namespace lf::testing
