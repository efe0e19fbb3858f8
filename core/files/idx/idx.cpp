#include "files/idx/idx.h"

#include <algorithm>

#include "base/classes.h"
#include "base/errors.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "files/atomic_write.h"
#include "files/cannot_use.h"
#include "files/gzip.h"
#include "files/idx/form.h"
#include "files/sha256.h"

namespace lf::files {
namespace {

constexpr uint32_t kImageMagic = 0x00000803, kLabelMagic = 0x00000801;  // unsigned bytes in 3 or 1 dimensions
constexpr size_t kImageHeader = 16, kLabelHeader = 8;
constexpr uint64_t kMaxCount = 1'000'000;  // images; far above any set of this kind
constexpr uint64_t kMaxIdxBytes = kImageHeader + kMaxCount * kDigitPixels;

/// The big-endian 32-bit number at an offset.
uint32_t number_at(const IdxFile& file, size_t offset) {
  const uint8_t* p = file.bytes.data() + offset;
  return uint32_t(p[0]) << 24 | uint32_t(p[1]) << 16 | uint32_t(p[2]) << 8 | p[3];
}

void append_number(std::vector<uint8_t>& bytes, uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(uint8_t(value >> shift));
}

/// Checks magic, count and length; returns the count.
uint64_t check_header(const IdxFile& file, uint32_t magic, size_t header, uint64_t item_bytes,
                      const char* kind) {
  const uint32_t found = file.bytes.size() < 4 ? 0 : number_at(file, 0);
  if (found != magic) {
    const bool swapped = found == kImageMagic || found == kLabelMagic;
    cannot_use(file.name, swapped ? std::string("it holds ") + (found == kImageMagic ? "images" : "labels") +
                                        ", not " + kind
                                  : not_idx_reason(file, magic == kImageMagic));
  }
  if (file.bytes.size() < header) {
    cannot_use(file.name, "it ends within its header, after " + std::to_string(file.bytes.size()) +
                              " bytes; fetch it again");
  }
  const uint64_t count = number_at(file, 4);
  if (count > kMaxCount) {
    cannot_use(file.name, "it claims " + std::to_string(count) + " " + kind + ", at most " +
                              std::to_string(kMaxCount) + " are possible");
  }
  if (item_bytes == 0) return count;
  const uint64_t needed = header + count * item_bytes, has = file.bytes.size();
  if (has < needed) {
    cannot_use(file.name, "it ends early: " + std::to_string(count) + " " + kind + " need " +
                              std::to_string(needed) + " bytes, it has " + std::to_string(has) +
                              "; fetch it again");
  }
  if (has > needed)
    cannot_use(file.name, std::to_string(has - needed) + " bytes follow the last of its " + kind);
  return count;
}

}  // namespace

IdxFile read_idx_file(const std::filesystem::path& path) {
  constexpr int kMostLayers = 3;  // some servers compress compressed files again
  const std::string name = path.string();
  IdxFile file{name, gunzip_if_needed(read_file(path, kMaxIdxBytes), name, kMaxIdxBytes), {}};
  for (int layer = 1; layer < kMostLayers && is_gzip(file.bytes); ++layer)
    file.bytes = gunzip_if_needed(std::move(file.bytes), name, kMaxIdxBytes);
  file.digest = sha256_hex(file.bytes);
  return file;
}

ImageSheet parse_idx_images(const IdxFile& file) {
  check_header(file, kImageMagic, kImageHeader, 0, "images");
  const uint32_t rows = number_at(file, 8), columns = number_at(file, 12);
  if (rows != uint32_t(kDigitSide) || columns != uint32_t(kDigitSide)) {
    cannot_use(file.name, "its images have " + std::to_string(rows) + " x " + std::to_string(columns) +
                              " pixels, 28 x 28 are needed");
  }
  check_header(file, kImageMagic, kImageHeader, kDigitPixels, "images");
  return ImageSheet({file.bytes.begin() + long(kImageHeader), file.bytes.end()}, kDigitShape);
}

std::vector<uint8_t> parse_idx_labels(const IdxFile& file) {
  check_header(file, kLabelMagic, kLabelHeader, 1, "labels");
  std::vector<uint8_t> labels(file.bytes.begin() + long(kLabelHeader), file.bytes.end());
  const auto bad =
      std::find_if(labels.begin(), labels.end(), [](uint8_t label) { return label >= kClasses; });
  if (bad != labels.end()) {
    const int most = *std::max_element(bad, labels.end());
    cannot_use(file.name, "label " + std::to_string(bad - labels.begin()) + " is " +
                              std::to_string(int(*bad)) + ", only 0 to 9 are possible (its largest is " +
                              std::to_string(most) + "); give a data set of ten classes");
  }
  return labels;
}

ImageSet parse_idx_pair(const IdxFile& images, const IdxFile& labels) {
  ImageSet set{parse_idx_images(images), parse_idx_labels(labels)};
  const size_t count = set.images.count();
  if (count != set.size()) {
    cannot_use(images.name, "it holds " + std::to_string(count) + " images, but '" + labels.name + "' has " +
                                std::to_string(set.size()) + " labels");
  }
  if (count == 0) cannot_use(images.name, "it holds no images");
  return set;
}

std::vector<uint8_t> make_idx_images(const ImageSet& set) {
  std::vector<uint8_t> bytes;
  bytes.reserve(kImageHeader + set.images.bytes.size());
  append_number(bytes, kImageMagic);
  append_number(bytes, uint32_t(set.size()));
  append_number(bytes, uint32_t(set.images.shape.height));
  append_number(bytes, uint32_t(set.images.shape.width));
  bytes.insert(bytes.end(), set.images.bytes.begin(), set.images.bytes.end());
  return bytes;
}

std::vector<uint8_t> make_idx_labels(const ImageSet& set) {
  std::vector<uint8_t> bytes;
  append_number(bytes, kLabelMagic);
  append_number(bytes, uint32_t(set.size()));
  bytes.insert(bytes.end(), set.labels.begin(), set.labels.end());
  return bytes;
}

}  // namespace lf::files
