#include "files/idx/idx.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "make_gzip.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

files::ImageSet small_set(size_t n) {
  files::ImageSet set{ImageSheet::black(n), std::vector<uint8_t>(n)};
  for (size_t i = 0; i < set.images.bytes.size(); ++i)
    set.images.bytes[i] = uint8_t(i * 7 + i / kDigitPixels);
  for (size_t i = 0; i < n; ++i) set.labels[i] = uint8_t(i % 10);
  return set;
}

files::IdxFile images(std::vector<uint8_t> bytes) { return {"images", std::move(bytes), {}}; }
files::IdxFile labels(std::vector<uint8_t> bytes) { return {"labels", std::move(bytes), {}}; }

void expect_images_refused(std::vector<uint8_t> bytes, const std::string& why) {
  expect_error<InputError>(why, [&] { files::parse_idx_images(images(std::move(bytes))); });
}

TEST(Idx, RoundTripPlainAndPacked) {
  TemporaryFolder folder;
  const files::ImageSet set = small_set(13);
  files::write_file_atomically(folder / "i", files::make_idx_images(set));
  files::write_file_atomically(folder / "l.gz", make_gzip(files::make_idx_labels(set)));
  const files::ImageSet back =
      files::parse_idx_pair(files::read_idx_file(folder / "i"), files::read_idx_file(folder / "l.gz"));
  EXPECT_EQ(back.images, set.images);
  EXPECT_EQ(back.labels, set.labels);
  EXPECT_EQ(back.images.image(2).pixels[5], set.images.bytes[2 * kDigitPixels + 5]);
}

TEST(Idx, DigestIsOfTheDecompressedBytes) {
  TemporaryFolder folder;
  const auto bytes = files::make_idx_labels(small_set(4));
  files::write_file_atomically(folder / "a", bytes);
  files::write_file_atomically(folder / "b", make_gzip(bytes));
  EXPECT_EQ(files::read_idx_file(folder / "a").digest, files::read_idx_file(folder / "b").digest);
}

TEST(Idx, RefusesEveryTruncation) {
  const auto whole = files::make_idx_images(small_set(2));
  for (size_t n : {size_t(0), size_t(3), size_t(15), size_t(16), size_t(800), whole.size() - 1}) {
    EXPECT_THROW(files::parse_idx_images(images({whole.begin(), whole.begin() + long(n)})), InputError) << n;
  }
  expect_images_refused({whole.begin(), whole.end() - 1}, "ends early");
  auto longer = whole;
  longer.push_back(0);
  expect_images_refused(longer, "1 bytes follow");
}

TEST(Idx, RefusesWrongMagicSizeAndCount) {
  const auto sound = files::make_idx_images(small_set(2));
  auto bad = sound;
  bad[3] = 9;
  expect_images_refused(bad, "magic");
  expect_images_refused(files::make_idx_labels(small_set(40)), "holds labels");
  bad = sound;
  bad[11] = 32;
  expect_images_refused(bad, "32 x 28");
  bad = sound;
  bad[4] = 0xFF;  // four thousand million images
  expect_images_refused(bad, "at most 1000000");
}

TEST(Idx, RefusesLabelsAboveNineAndDifferentCounts) {
  auto bytes = files::make_idx_labels(small_set(20));
  bytes[8 + 11] = 10;
  expect_error<InputError>("label 11 is 10", [&] { files::parse_idx_labels(labels(bytes)); });
  expect_error<InputError>("3 images, but 'labels' has 4", [&] {
    files::parse_idx_pair(images(files::make_idx_images(small_set(3))),
                          labels(files::make_idx_labels(small_set(4))));
  });
  expect_error<InputError>("no images", [&] {
    files::parse_idx_pair(images(files::make_idx_images(small_set(0))),
                          labels(files::make_idx_labels(small_set(0))));
  });
}

TEST(Idx, MissingFileAndEarlyEndOfGzip) {
  TemporaryFolder folder;
  expect_error<InputError>("no such file", [&] { files::read_idx_file(folder / "none"); });
  auto packed = make_gzip(files::make_idx_images(small_set(5)));
  packed.resize(packed.size() / 2);
  files::write_file_atomically(folder / "cut.gz", packed);
  expect_error<InputError>("cut.gz': the gzip data end early",
                           [&] { files::read_idx_file(folder / "cut.gz"); });
}

}  // namespace
}  // namespace lf::testing
