#include "files/idx/form.h"

#include <algorithm>
#include <utility>

#include "base/classes.h"
#include "base/image_shape.h"
#include "files/file_kind.h"
#include "files/sha256.h"

namespace lf::files {
namespace {

struct TypeInfo {
  uint8_t code;
  size_t bytes;
  const char* words;
  bool integer;
};

constexpr TypeInfo kTypes[] = {{0x08, 1, "unsigned bytes", true},  {0x09, 1, "signed bytes", true},
                               {0x0B, 2, "16-bit integers", true}, {0x0C, 4, "32-bit integers", true},
                               {0x0D, 4, "32-bit floats", false},  {0x0E, 8, "64-bit floats", false}};

constexpr uint8_t kUnsignedBytes = 0x08, kIntegers32 = 0x0C;
constexpr uint64_t kQmnistColumns = 8;

const TypeInfo* type_info(uint8_t code) {
  const auto found =
      std::find_if(std::begin(kTypes), std::end(kTypes), [&](const TypeInfo& t) { return t.code == code; });
  return found == std::end(kTypes) ? nullptr : found;
}

uint64_t big_endian(const std::vector<uint8_t>& bytes, size_t at, size_t n) {
  uint64_t value = 0;
  for (size_t i = 0; i < n; ++i) value = value << 8 | bytes[at + i];
  return value;
}

/// True if the product of `extents` is exactly the count of numbers after the header.
bool fills(const IdxShape& shape, size_t number_bytes, size_t file_bytes) {
  const uint64_t numbers = (file_bytes - shape.header) / number_bytes;
  uint64_t product = 1;
  for (uint64_t extent : shape.extents) {
    if (extent > numbers) return false;
    if (extent > 0 && product > numbers / extent) return false;
    product *= extent;
  }
  return product == numbers && (file_bytes - shape.header) % number_bytes == 0;
}

/// Extents after the first, without those of 1.
std::vector<uint64_t> inner(const IdxShape& shape) {
  std::vector<uint64_t> extents;
  for (size_t i = 1; i < shape.extents.size(); ++i)
    if (shape.extents[i] != 1) extents.push_back(shape.extents[i]);
  return extents;
}

std::vector<uint8_t> header_bytes(const std::vector<uint64_t>& extents) {
  std::vector<uint8_t> bytes{0, 0, kUnsignedBytes, uint8_t(extents.size())};
  for (uint64_t extent : extents)
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(uint8_t(extent >> shift));
  return bytes;
}

IdxFile with_bytes(IdxFile file, std::vector<uint8_t> bytes) {
  file.bytes = std::move(bytes);
  file.digest = sha256_hex(file.bytes);
  return file;
}

std::string dimension_words(size_t count) {
  constexpr const char* kNumbers[] = {"no", "one", "two", "three", "four", "five", "six", "seven", "eight"};
  return std::string(kNumbers[std::min<size_t>(count, 8)]) + (count == 1 ? " dimension" : " dimensions");
}

/// The first four bytes of an IDX file with reversed byte order.
bool little_endian(const std::vector<uint8_t>& bytes) {
  return bytes.size() >= 4 && bytes[3] == 0 && bytes[2] == 0 && bytes[1] == kUnsignedBytes &&
         (bytes[0] == 1 || bytes[0] == 3);
}

}  // namespace

IdxShape idx_shape(const std::vector<uint8_t>& bytes) {
  IdxShape shape;
  if (file_kind(bytes) != FileKind::Idx || !type_info(bytes[2])) return shape;
  shape.type = bytes[2];
  shape.header = 4 + 4 * size_t(bytes[3]);
  if (bytes.size() < shape.header) return shape;
  for (size_t i = 0; i < bytes[3]; ++i) shape.extents.push_back(big_endian(bytes, 4 + 4 * i, 4));
  shape.whole = fills(shape, type_info(shape.type)->bytes, bytes.size());
  return shape;
}

std::string shape_words(const IdxShape& shape) {
  std::string sizes;
  for (uint64_t extent : shape.extents) sizes += (sizes.empty() ? "" : " x ") + std::to_string(extent);
  return std::string(type_info(shape.type)->words) + " in " + dimension_words(shape.extents.size()) + " (" +
         sizes + ")";
}

std::string not_idx_reason(const IdxFile& file, bool images) {
  const std::string kind = images ? "images" : "labels";
  const IdxShape shape = idx_shape(file.bytes);
  if (!shape.extents.empty()) {
    return "these are " + shape_words(shape) + "; needed are unsigned bytes in " +
           (images ? "three dimensions (images x 28 x 28)" : "one dimension, one label for each image");
  }
  if (little_endian(file.bytes))
    return "its numbers begin with their lowest byte; IDX files begin with the highest (big-endian)";
  const FileKind found = file_kind(file.bytes);
  if (found == FileKind::Idx) return "its header is cut off; fetch the file again";
  if (found != FileKind::Unknown)
    return kind_sentence(found) + (kind_advice(found).empty() ? "; an IDX file is needed" : "");
  return "it is not an IDX file of " + kind + " (wrong magic number); name the one of the data set";
}

IdxFile usual_images(IdxFile file) {
  const IdxShape shape = idx_shape(file.bytes);
  const std::vector<uint64_t> square{kDigitSide, kDigitSide}, row{kDigitPixels};
  if (shape.type != kUnsignedBytes || !shape.whole || (inner(shape) != square && inner(shape) != row))
    return file;
  const std::vector<uint64_t> wanted{shape.extents[0], kDigitSide, kDigitSide};
  if (shape.extents == wanted) return file;
  std::vector<uint8_t> bytes = header_bytes(wanted);
  bytes.insert(bytes.end(), file.bytes.begin() + long(shape.header), file.bytes.end());
  return with_bytes(std::move(file), std::move(bytes));
}

IdxFile usual_labels(IdxFile file) {
  const IdxShape shape = idx_shape(file.bytes);
  const TypeInfo* type = type_info(shape.type);
  const bool qmnist =
      shape.type == kIntegers32 && shape.extents.size() == 2 && shape.extents[1] == kQmnistColumns;
  const bool usual = shape.type == kUnsignedBytes && shape.extents.size() == 1;
  if (!type || !type->integer || !shape.whole || usual || (!qmnist && !inner(shape).empty())) return file;
  const size_t step = type->bytes * (qmnist ? kQmnistColumns : 1);
  std::vector<uint8_t> bytes = header_bytes({shape.extents[0]});
  for (size_t at = shape.header; at < file.bytes.size(); at += step) {
    const uint64_t label = big_endian(file.bytes, at, type->bytes);
    if (label >= uint64_t(kClasses)) return file;
    bytes.push_back(uint8_t(label));
  }
  return with_bytes(std::move(file), std::move(bytes));
}

IdxFile transposed_images(IdxFile file) {
  const IdxShape shape = idx_shape(file.bytes);
  if (shape.type != kUnsignedBytes || !shape.whole || shape.extents.size() != 3 ||
      inner(shape) != std::vector<uint64_t>{kDigitSide, kDigitSide})
    return file;
  std::vector<uint8_t> bytes = file.bytes;
  for (size_t first = shape.header; first < bytes.size(); first += kDigitPixels)
    for (size_t y = 0; y < size_t(kDigitSide); ++y)
      for (size_t x = 0; x < size_t(kDigitSide); ++x)
        bytes[first + y * kDigitSide + x] = file.bytes[first + x * kDigitSide + y];
  return with_bytes(std::move(file), std::move(bytes));
}

}  // namespace lf::files
