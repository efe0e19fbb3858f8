#include "files/gzip.h"

#include <gtest/gtest.h>

#include <string>

#include "base/errors.h"
#include "expect_error.h"
#include "make_gzip.h"

namespace lf::testing {
namespace {

std::vector<uint8_t> mixed_bytes(size_t n) {
  std::vector<uint8_t> bytes(n);
  for (size_t i = 0; i < n; ++i) bytes[i] = uint8_t(i * i >> 7);
  return bytes;
}

TEST(Gzip, PlainBytesPassAndPackedOnesUnpack) {
  const auto plain = mixed_bytes(300000);
  EXPECT_EQ(files::gunzip_if_needed(plain, "x", 300000), plain);
  EXPECT_EQ(files::gunzip_if_needed(make_gzip(plain), "x", 300000), plain);
  EXPECT_TRUE(files::gunzip_if_needed(make_gzip({}), "x", 10).empty());
}

TEST(Gzip, AnyPieceSizeGivesTheSame) {
  const auto plain = mixed_bytes(100000);
  const auto packed = make_gzip(plain);
  for (size_t piece : {1u, 7u, 1000u}) {
    std::vector<uint8_t> out;
    files::Gunzip gunzip("x", 1 << 20);
    for (size_t at = 0; at < packed.size(); at += piece) {
      gunzip.feed(&packed[at], std::min(piece, packed.size() - at),
                  [&](const uint8_t* data, size_t n) { out.insert(out.end(), data, data + n); });
    }
    gunzip.finish();
    EXPECT_EQ(out, plain);
  }
}

TEST(Gzip, MembersAreJoinedAndPaddingIgnored) {
  auto packed = make_gzip({1, 2, 3});
  const auto second = make_gzip({4, 5});
  packed.insert(packed.end(), second.begin(), second.end());
  packed.insert(packed.end(), 20, 0);
  EXPECT_EQ(files::gunzip_if_needed(packed, "x", 100), (std::vector<uint8_t>{1, 2, 3, 4, 5}));
}

TEST(Gzip, WhatIsNoGzipIsNamed) {
  const auto feed = [](const std::string& text) {
    files::Gunzip gunzip("x.gz", 1 << 20);
    gunzip.feed(reinterpret_cast<const uint8_t*>(text.data()), text.size(), [](const uint8_t*, size_t) {});
  };
  expect_error<InputError>("'x.gz': it is a web page (HTML); the server sent it in place of the file",
                           [&] { feed("<html><body>Sign in to the network</body>"); });
  expect_error<InputError>("an XML document",
                           [&] { feed("<?xml version=\"1.0\"?><Error>AccessDenied</Error>"); });
  expect_error<InputError>("a Git LFS pointer",
                           [&] { feed("version https://git-lfs.github.com/spec/v1\n"); });
  expect_error<InputError>("not a gzip file", [&] { feed(std::string("\1\2\3\0", 4)); });
}

TEST(Gzip, EarlyEndDamageAndBombsAreRefused) {
  const auto plain = mixed_bytes(50000);
  auto packed = make_gzip(plain);
  for (size_t n : {size_t(2), size_t(12), packed.size() / 2, packed.size() - 1}) {
    const std::vector<uint8_t> cut(packed.begin(), packed.begin() + long(n));
    expect_error<InputError>("end early", [&] { files::gunzip_if_needed(cut, "cut.gz", 1 << 20); });
  }
  expect_error<InputError>("49999", [&] { files::gunzip_if_needed(packed, "big.gz", 49999); });
  const auto bomb = make_gzip(std::vector<uint8_t>(20 << 20, 0));
  expect_error<InputError>("bomb.gz", [&] { files::gunzip_if_needed(bomb, "bomb.gz", 1 << 20); });
  packed[packed.size() - 6] ^= 0x55;  // the checksum
  expect_error<InputError>("damaged", [&] { files::gunzip_if_needed(packed, "bad.gz", 1 << 20); });
}

TEST(Gzip, WhatUnpacksToHundredsOfTimesItsSizeIsRefused) {
  const auto bomb = make_gzip(std::vector<uint8_t>(80 << 20, 0));
  ASSERT_LT(bomb.size(), 100u << 10);
  expect_error<InputError>("more than", [&] { files::gunzip_if_needed(bomb, "bomb.gz", 1 << 30); });
}

}  // namespace
}  // namespace lf::testing
