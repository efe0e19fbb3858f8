#include "files/image/picture_checks.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace lf::files {
namespace {

constexpr uint8_t kTables = 0xC4, kScan = 0xDA;  ///< markers: Huffman tables, start of a scan

/// A byte of the file; beyond its end zeros, as stb reads them.
size_t byte_at(const std::vector<uint8_t>& bytes, size_t at) { return at < bytes.size() ? bytes[at] : 0; }

size_t segment_length(const std::vector<uint8_t>& bytes, size_t at) {
  return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}

/// The tables of one segment, whose length is at `at`: a byte, sixteen counts of codes, then the
/// codes.
bool segment_fits(const std::vector<uint8_t>& bytes, size_t at) {
  constexpr size_t kLengths = 16, kMostCodes = 256;
  const size_t end = at + segment_length(bytes, at);
  for (size_t table = at + 2; table < end && table < bytes.size();) {
    size_t codes = 0;
    for (size_t i = 1; i <= kLengths; ++i) codes += byte_at(bytes, table + i);
    if (codes > kMostCodes) return false;
    table += 1 + kLengths + codes;
  }
  return true;
}

/// True if a length and so many bytes follow the marker.
bool has_length(uint8_t marker) {
  return (marker >= 0xC0 && marker <= 0xCF) || (marker >= 0xDB && marker <= 0xFE && marker != 0xFF);
}

}  // namespace

bool jpeg_tables_fit(const std::vector<uint8_t>& bytes) {
  if (byte_at(bytes, 0) != 0xFF) return true;
  bool scanned = false;  // after the first scan every marker is checked: its bytes hardly occur otherwise
  for (size_t at = 0; at + 1 < bytes.size();) {
    const uint8_t marker = bytes[at + 1];
    if (bytes[at] != 0xFF || marker == 0xFF) {
      ++at;
      continue;
    }
    at += 2;
    if (marker == kTables && !segment_fits(bytes, at)) return false;
    scanned = scanned || marker == kScan;
    if (!scanned && has_length(marker)) at += segment_length(bytes, at);
  }
  return true;
}

bool png_chunks_fit(const std::vector<uint8_t>& bytes) {
  constexpr uint8_t kStart[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  constexpr size_t kAround = 12;  // of a chunk: its length, its type and, after its data, a checksum
  const bool png =
      bytes.size() >= sizeof kStart && std::equal(std::begin(kStart), std::end(kStart), bytes.begin());
  for (size_t at = sizeof kStart; png && at + 8 <= bytes.size();) {
    const size_t length = segment_length(bytes, at) << 16 | segment_length(bytes, at + 2);
    if (length > bytes.size() - at - 8) return false;
    at += kAround + length;
  }
  return true;
}

}  // namespace lf::files
