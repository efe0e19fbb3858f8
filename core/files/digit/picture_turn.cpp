#include "files/digit/picture_turn.h"

#include <cstring>

namespace lf::files {
namespace {

/// Numbers from unchecked bytes; 0 beyond their end.
struct Reader {
  const uint8_t* data;
  size_t size;
  bool big_endian;

  uint32_t byte(size_t at) const { return at < size ? data[at] : 0; }
  uint32_t number16(size_t at) const {
    return big_endian ? byte(at) << 8 | byte(at + 1) : byte(at + 1) << 8 | byte(at);
  }
  uint32_t number32(size_t at) const {
    return big_endian ? number16(at) << 16 | number16(at + 2) : number16(at + 2) << 16 | number16(at);
  }
};

bool matches(const std::vector<uint8_t>& head, size_t at, const char* text, size_t n) {
  return at <= head.size() && n <= head.size() - at && std::memcmp(head.data() + at, text, n) == 0;
}

/// JPEG: segments of a marker and a length; EXIF is the first APP1 with its signature.
int jpeg_orientation(const std::vector<uint8_t>& head) {
  const Reader in{head.data(), head.size(), true};
  for (size_t at = 2; at + 4 <= head.size() && in.byte(at) == 0xFF;) {
    const uint32_t marker = in.byte(at + 1);
    if (marker == 0xFF) {  // padding
      ++at;
      continue;
    }
    const size_t length = in.number16(at + 2);
    if (marker == 0xDA || marker == 0xD9 || length < 2) break;  // pixels begin, or the file ends
    if (marker == 0xE1 && length >= 8 && matches(head, at + 4, "Exif\0", 5) && at + 10 < head.size()) {
      const size_t rest = head.size() - at - 10;
      return exif_orientation(head.data() + at + 10, length - 8 < rest ? length - 8 : rest);
    }
    at += 2 + length;
  }
  return 1;
}

/// PNG: chunks of a length, a type, data and a checksum.
int png_orientation(const std::vector<uint8_t>& head) {
  const Reader in{head.data(), head.size(), true};
  for (size_t at = 8; at + 12 <= head.size();) {
    const size_t length = in.number32(at), rest = head.size() - at - 8;
    if (matches(head, at + 4, "eXIf", 4))
      return exif_orientation(head.data() + at + 8, length < rest ? length : rest);
    if (length > rest) break;
    at += 12 + length;
  }
  return 1;
}

}  // namespace

int exif_orientation(const uint8_t* tiff, size_t n) {
  if (n < 8 || tiff[0] != tiff[1] || (tiff[0] != 'I' && tiff[0] != 'M')) return 1;
  const Reader in{tiff, n, tiff[0] == 'M'};
  constexpr uint32_t kOrientation = 0x0112, kShort = 3, kEntry = 12;
  const size_t list = in.number32(4);
  if (in.number16(2) != 42 || list > n) return 1;
  const uint32_t entries = in.number16(list);
  for (size_t i = 0; i < entries; ++i) {
    const size_t at = list + 2 + i * kEntry;
    if (at + kEntry > n) break;
    if (in.number16(at) != kOrientation || in.number16(at + 2) != kShort) continue;
    const uint32_t value = in.number16(at + 8);
    return value >= 1 && value <= 8 ? int(value) : 1;
  }
  return 1;
}

int picture_orientation(const std::vector<uint8_t>& head) {
  if (matches(head, 0, "\xff\xd8", 2)) return jpeg_orientation(head);
  return matches(head, 0, "\x89PNG\r\n\x1a\n", 8) ? png_orientation(head) : 1;
}

TurnedPixel stored_pixel(int orientation, int width, int height, int x, int y) {
  const int right = width - 1, bottom = height - 1;
  switch (orientation) {
    case 2:
      return {right - x, y};
    case 3:
      return {right - x, bottom - y};
    case 4:
      return {x, bottom - y};
    case 5:
      return {y, x};
    case 6:
      return {y, bottom - x};
    case 7:
      return {right - y, bottom - x};
    case 8:
      return {right - y, x};
    default:
      return {x, y};
  }
}

}  // namespace lf::files
