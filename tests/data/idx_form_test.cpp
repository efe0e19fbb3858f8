#include <gtest/gtest.h>

#include "base/errors.h"
#include "base/image_shape.h"
#include "data/stroke_digits.h"
#include "expect_error.h"
#include "files/idx/form.h"
#include "files/sha256.h"

namespace lf::testing {
namespace {

/// An IDX file of any type and extents; `value(i)` returns the bytes of number i.
template <class Value>
files::IdxFile idx_file(uint8_t type, const std::vector<uint32_t>& extents, Value value) {
  std::vector<uint8_t> bytes{0, 0, type, uint8_t(extents.size())};
  uint64_t numbers = 1;
  for (uint32_t extent : extents) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(uint8_t(extent >> shift));
    numbers *= extent;
  }
  for (uint64_t i = 0; i < numbers; ++i)
    for (uint8_t byte : value(i)) bytes.push_back(byte);
  return {"file", bytes, files::sha256_hex(bytes)};
}

std::vector<uint8_t> byte(uint64_t value) { return {uint8_t(value)}; }
std::vector<uint8_t> integer(uint64_t value) { return {0, 0, 0, uint8_t(value)}; }

void expect_form_refused(const files::IdxFile& file, const std::string& why) {
  expect_error<InputError>(why, [&] { files::parse_idx_images(files::usual_images(file)); });
}

void expect_labels_refused(const files::IdxFile& file, const std::string& why) {
  expect_error<InputError>(why, [&] { files::parse_idx_labels(files::usual_labels(file)); });
}

TEST(IdxForm, NamesTheTypeAndTheDimensions) {
  const auto zeros = [](size_t n) { return [n](uint64_t) { return std::vector<uint8_t>(n); }; };
  expect_form_refused(
      idx_file(0x0C, {2, 8}, zeros(4)),
      "these are 32-bit integers in two dimensions (2 x 8); needed are unsigned bytes in three "
      "dimensions (images x 28 x 28)");
  expect_form_refused(idx_file(0x0D, {2, 28, 28}, zeros(4)), "these are 32-bit floats in three dimensions");
  expect_form_refused(idx_file(0x08, {2, 3, 28, 28}, zeros(1)), "unsigned bytes in four dimensions (2 x 3 x");
  expect_labels_refused(idx_file(0x0E, {3}, zeros(8)),
                        "these are 64-bit floats in one dimension (3); needed are unsigned bytes in one");
  expect_labels_refused(idx_file(0x0B, {3, 10}, zeros(2)), "16-bit integers in two dimensions (3 x 10)");
}

TEST(IdxForm, NamesWhatIsNoIdxFile) {
  const auto file = [](const std::string& text) {
    return files::IdxFile{"file", {text.begin(), text.end()}, ""};
  };
  expect_form_refused(file("<!DOCTYPE html><html>"), "'file': it is a web page (HTML); the server sent it");
  expect_form_refused(file("version https://git-lfs.github.com/spec/v1\n"), "git lfs pull");
  expect_labels_refused(file(std::string("PK\3\4", 4) + std::string(40, '\0')),
                        "it is a zip archive; unpack it");
  expect_labels_refused(file(""), "it is an empty file");
  expect_labels_refused(file("5\n0\n4\n"), "it is a text file; an IDX file is needed");
  expect_form_refused(file(std::string("\3\x08\0\0", 4)), "begin with their lowest byte");
  expect_form_refused(file(std::string("\0\0\x08\3\0\0", 6)), "ends within its header, after 6 bytes");
}

TEST(IdxForm, TakesImagesThatCanOnlyBeMeantSo) {
  const auto plain = idx_file(0x08, {3, 28, 28}, byte);
  for (const std::vector<uint32_t>& extents : std::vector<std::vector<uint32_t>>{
           {3, kDigitPixels}, {3, 1, 28, 28}, {3, 28, 28, 1}, {3, kDigitPixels, 1}}) {
    const files::IdxFile usual = files::usual_images(idx_file(0x08, extents, byte));
    EXPECT_EQ(usual.bytes, plain.bytes);
    EXPECT_EQ(usual.digest, plain.digest) << "equal content has an equal digest";
  }
  EXPECT_EQ(files::usual_images(plain).bytes, plain.bytes);
  auto cut = idx_file(0x08, {3, kDigitPixels}, byte);
  cut.bytes.pop_back();
  EXPECT_EQ(files::usual_images(cut).bytes, cut.bytes);
  expect_form_refused(cut, "unsigned bytes in two dimensions (3 x 784)");
}

TEST(IdxForm, TakesLabelsOfOtherWidthsAndOfQmnist) {
  const auto plain = idx_file(0x08, {5}, byte);
  EXPECT_EQ(files::usual_labels(idx_file(0x0C, {5}, integer)).digest, plain.digest);
  EXPECT_EQ(files::usual_labels(idx_file(0x0B, {5, 1},
                                         [](uint64_t i) {
                                           return std::vector<uint8_t>{0, uint8_t(i)};
                                         }))
                .digest,
            plain.digest);
  const auto qmnist = idx_file(0x0C, {5, 8}, [](uint64_t i) {
    return i % 8 == 0 ? integer(i / 8) : std::vector<uint8_t>{0, 1, 2, 3};
  });
  EXPECT_EQ(files::usual_labels(qmnist).digest, plain.digest);
  const auto letters = idx_file(0x0C, {5, 8}, [](uint64_t) { return integer(26); });
  expect_labels_refused(letters, "32-bit integers in two dimensions (5 x 8)");
  const auto negative = idx_file(0x09, {2}, [](uint64_t) { return byte(0xFF); });
  expect_labels_refused(negative, "signed bytes in one dimension (2)");
}

TEST(IdxForm, TurnsImagesBack) {
  const files::ImageSet digits = data::make_stroke_digits(10, 10, 1).train;
  const files::IdxFile file{"file", files::make_idx_images(digits), ""};
  const files::IdxFile turned = files::transposed_images(file);
  EXPECT_NE(turned.bytes, file.bytes);
  EXPECT_EQ(turned.bytes[16 + 3 * 28 + 5], file.bytes[16 + 5 * 28 + 3]);
  EXPECT_EQ(files::transposed_images(turned).bytes, file.bytes);
}

}  // namespace
}  // namespace lf::testing
