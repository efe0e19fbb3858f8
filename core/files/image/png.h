// Images in memory and as PNG files.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lf {

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

/// Reads an image (PNG, also JPEG, BMP or GIF's first frame) of at most 16,384 pixels per side with
/// `channels` channels (0: as stored). Throws InputError naming the file otherwise.
Image8 read_png(const std::filesystem::path& path, int channels = 0);
/// The same from bytes in memory; `name` is used in errors.
Image8 decode_picture(const std::vector<uint8_t>& bytes, const std::string& name, int channels = 0);

}  // namespace lf
