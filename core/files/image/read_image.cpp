// The only file with stb's code for reading images, static like that for writing (png.cpp).
#include "files/image/read_image.h"

#include <climits>
#include <cstdlib>

#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_NO_STDIO
// Zeroed: a JPEG may use Huffman tables that it never defines. stb (before 2.28) would decode with
// the memory's old content, and index with that.
#define STBI_MALLOC(size) std::calloc(1, size)
#define STBI_REALLOC(memory, size) std::realloc(memory, size)
#define STBI_FREE(memory) std::free(memory)
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_ONLY_BMP
#define STBI_ONLY_GIF
#define STBI_MAX_DIMENSIONS 16384
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored \
    "-Wmaybe-uninitialized"  // stb fills these fields only for the sources that use them
#include <stb_image.h>
#pragma GCC diagnostic pop

#include "base/errors.h"
#include "files/atomic_write.h"
#include "files/cannot_use.h"
#include "files/file_kind.h"
#include "files/image/picture_checks.h"

namespace {

constexpr uint64_t kMaxPictureBytes = 256ull << 20;

constexpr uint64_t kMostPixels = 64ull << 20;  ///< more than a telephone's camera has
constexpr uint64_t kFewPixels = 1ull << 20;    ///< for these a file may be short

/// The maximum number of pixels per byte of a file. DEFLATE packs 1032 bytes into one, and a PNG
/// may have eight pixels per byte; the longest codes of a GIF reach 1,300.
uint64_t pixels_a_byte(const std::vector<uint8_t>& bytes) {
  constexpr size_t kDepth = 24;  // in the header of a PNG, which comes first
  const bool small_depth = bytes.size() > kDepth && bytes[0] == 0x89 && bytes[kDepth] < 8;
  return small_depth ? 8 * 1032 : 1300;
}

/// Why an image of this size cannot be in these bytes; "" if it can. stb reserves what the header
/// announces, so a few bytes could take a gigabyte.
std::string impossible_size(const std::vector<uint8_t>& bytes, int width, int height) {
  if (width < 1 || height < 1) return "it has no pixels";  // stb allows this for a BMP
  const uint64_t pixels = uint64_t(width) * uint64_t(height);
  if (pixels > kMostPixels)
    return "it is too large, " + std::to_string(kMostPixels >> 20) +
           " million pixels can be read; scale it down";
  return pixels <= kFewPixels + pixels_a_byte(bytes) * bytes.size()
             ? ""
             : "its " + std::to_string(bytes.size()) +
                   " bytes cannot hold them: it is cut off; fetch it again";
}

/// The kind of a file from which stb reads no image.
std::string unreadable(const std::vector<uint8_t>& bytes, const std::string& reason) {
  const lf::files::FileKind kind = lf::files::file_kind(bytes);
  const std::string what = lf::files::kind_sentence(kind);
  for (const auto image : {lf::files::FileKind::Png, lf::files::FileKind::Jpeg, lf::files::FileKind::Gif,
                           lf::files::FileKind::Bmp})
    if (kind == image)
      return std::string("it is ") + kind.what + ", but it is damaged (" + reason +
             "); fetch or save it again";
  return (what.empty() ? "it is not a readable image (" + reason + ")" : what) +
         "; PNG, JPEG, BMP and GIF images can be read";
}

}  // namespace

namespace lf::files {

Image8 decode_image(const std::vector<uint8_t>& bytes, const std::string& name, int channels) {
  if (bytes.size() > size_t(INT_MAX)) cannot_use(name, "the file is larger than 2 GB");
  if (!jpeg_tables_fit(bytes)) cannot_use(name, "it is a damaged JPEG");
  if (!png_chunks_fit(bytes)) cannot_use(name, "the PNG ends early; fetch it again");
  Image8 image;
  int stored = 0;
  const bool known =
      stbi_info_from_memory(bytes.data(), int(bytes.size()), &image.width, &image.height, &stored) != 0;
  const std::string why = known ? impossible_size(bytes, image.width, image.height) : "";
  if (!why.empty()) {
    cannot_use(name, "the image is " + std::to_string(image.width) + " x " + std::to_string(image.height) +
                         " pixels; " + why);
  }
  stbi_uc* pixels =
      stbi_load_from_memory(bytes.data(), int(bytes.size()), &image.width, &image.height, &stored, channels);
  if (!pixels) cannot_use(name, unreadable(bytes, stbi_failure_reason()));
  image.channels = channels != 0 ? channels : stored;
  image.pixels.assign(pixels, pixels + size_t(image.width) * image.height * image.channels);
  stbi_image_free(pixels);
  return image;
}

Image8 read_image(const std::filesystem::path& path, int channels) {
  return decode_image(read_file(path, kMaxPictureBytes), path.string(), channels);
}

}  // namespace lf::files
