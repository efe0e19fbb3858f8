// The only file with stb's picture code. Its functions are static here, so that the copies inside other
// libraries (a packaged Dear ImGui brings some) cannot clash with them.
#include "files/png.h"

#include <zlib.h>

#include <climits>
#include <cstdlib>

namespace {
unsigned char* compress_for_stb(unsigned char* data, int size, int* out_size, int level);
}
#define STBIW_ZLIB_COMPRESS compress_for_stb
#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STBI_WRITE_NO_STDIO
#include <stb_image_write.h>
#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_NO_STDIO
// Zeroed: a JPEG may name Huffman tables that it never defines, and stb (before 2.28) would decode with
// whatever lay in its memory, and index with that.
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

#include "files/atomic_write.h"
#include "files/picture_checks.h"
#include "messages/errors.h"

namespace {

/// zlib is faster and packs tighter than stb's own compressor; stb frees the result with free().
unsigned char* compress_for_stb(unsigned char* data, int size, int* out_size, int level) {
  uLongf bytes = compressBound(uLong(size));
  auto out = static_cast<unsigned char*>(std::malloc(bytes));
  if (out && compress2(out, &bytes, data, uLong(size), level < 6 ? level : 6) != Z_OK) {
    std::free(out);
    out = nullptr;
  }
  *out_size = int(bytes);
  return out;
}

void append(void* context, void* data, int size) {
  auto bytes = static_cast<const uint8_t*>(data);
  auto& out = *static_cast<std::vector<uint8_t>*>(context);
  out.insert(out.end(), bytes, bytes + size);
}

constexpr uint64_t kMaxPictureBytes = 256ull << 20;

constexpr uint64_t kMostPixels = 64ull << 20;  ///< more than the camera of a telephone has
constexpr uint64_t kFewPixels = 1ull << 20;    ///< for these a file need not be long

/// The most pixels that one byte of a file can stand for. DEFLATE packs 1032 bytes into one, where a PNG may
/// have eight pixels a byte; the longest codes of a GIF reach 1,300.
uint64_t pixels_a_byte(const std::vector<uint8_t>& bytes) {
  constexpr size_t kDepth = 24;  // in the header of a PNG, which comes first
  const bool small_depth = bytes.size() > kDepth && bytes[0] == 0x89 && bytes[kDepth] < 8;
  return small_depth ? 8 * 1032 : 1300;
}

/// Why no picture of this size can lie in these bytes; "" where one can. stb reserves what the header
/// promises, so that some bytes could take a gigabyte.
std::string size_problem(const std::vector<uint8_t>& bytes, int width, int height) {
  if (width < 1 || height < 1) return "it is empty";  // stb lets a BMP be so
  const uint64_t pixels = uint64_t(width) * uint64_t(height);
  if (pixels > kMostPixels)
    return "at most " + std::to_string(kMostPixels / 1'000'000) + " megapixels are read; save it smaller";
  const bool fits = pixels <= kFewPixels + pixels_a_byte(bytes) * bytes.size();
  return fits ? "" : "its file cannot hold so many; it may be cut off, save or fetch it again";
}

}  // namespace

namespace lf {

std::vector<uint8_t> encode_png(const Image8& image) {
  const bool sound = image.width > 0 && image.height > 0 && image.channels >= 1 && image.channels <= 4 &&
                     image.pixels.size() == size_t(image.width) * image.height * image.channels &&
                     image.pixels.size() < size_t(INT_MAX) / 2;
  if (!sound) throw InputError("cannot make a PNG: the picture is empty, too large or inconsistent");
  std::vector<uint8_t> bytes;
  const int ok = stbi_write_png_to_func(append, &bytes, image.width, image.height, image.channels,
                                        image.pixels.data(), image.width * image.channels);
  if (!ok) throw RunError("cannot make a PNG: not enough memory");
  return bytes;
}

void write_png(const std::filesystem::path& path, const Image8& image) {
  write_file_atomically(path, encode_png(image));
}

Image8 decode_picture(const std::vector<uint8_t>& bytes, const std::string& name, int channels) {
  if (bytes.size() > size_t(INT_MAX)) throw InputError("cannot use '" + name + "': the picture is too large");
  if (!jpeg_tables_fit(bytes)) throw InputError("cannot use '" + name + "': it is a damaged JPEG");
  if (!png_chunks_fit(bytes))
    throw InputError("cannot use '" + name + "': the PNG ends early; fetch it again");
  Image8 image;
  int stored = 0;
  if (stbi_info_from_memory(bytes.data(), int(bytes.size()), &image.width, &image.height, &stored)) {
    const std::string problem = size_problem(bytes, image.width, image.height);
    if (!problem.empty())
      throw InputError("cannot use '" + name + "': it says to have " + std::to_string(image.width) + " x " +
                       std::to_string(image.height) + " pixels; " + problem);
  }
  stbi_uc* pixels =
      stbi_load_from_memory(bytes.data(), int(bytes.size()), &image.width, &image.height, &stored, channels);
  if (!pixels) {
    throw InputError("cannot use '" + name + "': not a picture that can be read (" +
                     std::string(stbi_failure_reason()) + "); PNG, JPEG, BMP and GIF are");
  }
  image.channels = channels != 0 ? channels : stored;
  image.pixels.assign(pixels, pixels + size_t(image.width) * image.height * image.channels);
  stbi_image_free(pixels);
  return image;
}

Image8 read_png(const std::filesystem::path& path, int channels) {
  return decode_picture(read_file(path, kMaxPictureBytes), path.string(), channels);
}

}  // namespace lf
