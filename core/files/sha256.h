// The digest that identifies data sets, weights and downloads.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace lf::files {

/// SHA-256 of a stream of bytes (FIPS 180-4). Add pieces of any size, then take the digest once.
class Sha256 {
 public:
  Sha256();
  /// Adds n bytes to the message.
  void update(const void* data, size_t n);
  /// Ends the message; returns the digest as 64 lower-case hexadecimal digits. Call once.
  std::string hex();

 private:
  void compress(const uint8_t* block);
  std::array<uint32_t, 8> state_;
  std::array<uint8_t, 64> buffer_{};
  size_t buffered_ = 0;
  uint64_t length_ = 0;
};

/// The digest of n bytes, 64 lower-case hexadecimal digits.
std::string sha256_hex(const void* data, size_t n);
std::string sha256_hex(const std::vector<uint8_t>& bytes);
std::string sha256_hex(const std::string& text);

}  // namespace lf::files
