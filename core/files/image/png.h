// Images in memory and as PNG files.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lf::files {

/// An 8-bit image, rows from the top, channels interleaved.
struct Image8 {
  int width = 0;
  int height = 0;
  int channels = 1;             ///< 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA
  std::vector<uint8_t> pixels;  ///< height * width * channels
};

/// Writes a PNG atomically. Throws InputError for an empty or inconsistent image, RunError when writing
/// fails.
void write_png(const std::filesystem::path& path, const Image8& image);
/// The PNG's bytes.
std::vector<uint8_t> encode_png(const Image8& image);

}  // namespace lf::files
