// A photograph in the form used here: upright, reduced, eight bits for each of red, green, blue and
// opacity.
#pragma once
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace lf::files {

inline constexpr int kPhotoSide = 1200;  ///< pixels of the longer side, at most
/// Slightly above 100 megapixels, the size of the largest cameras.
inline constexpr uint64_t kMostPhotoPixels = 128ull << 20;
inline constexpr uint64_t kMostPhotoBytes = 2ull << 30;  ///< of its file

struct Photo {
  int width = 0, height = 0;
  std::vector<uint8_t> rgba;  ///< height * width * 4; colours are not multiplied by the opacity

  const uint8_t* pixel(int x, int y) const {
    return rgba.data() + 4 * (size_t(y) * size_t(width) + size_t(x));
  }
};

/// Reads a PNG, JPEG, BMP or a GIF's first frame of any size up to kMostPhotoPixels, turned
/// upright. JPEG and PNG are reduced while they are read, so memory does not grow with the image.
/// Throws InputError in one line that names the file: another kind of file, damaged, cut off, too
/// large.
Photo read_photo(const std::filesystem::path& path);

/// The same from bytes in memory; `name` is used in errors.
Photo decode_photo(const std::vector<uint8_t>& bytes, const std::string& name);

}  // namespace lf::files
