// The only file with stb's code for writing images. Its functions are static here, so that the copies inside
// other libraries (a packaged Dear ImGui has some) cannot clash with them.
#include "files/image/png.h"

#include <zlib.h>

#include <algorithm>
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

#include "base/errors.h"
#include "files/atomic_write.h"

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

/// Why an image cannot be written; "" if it can.
std::string unsound(const lf::files::Image8& image) {
  if (image.width < 1 || image.height < 1) return "it has no pixels";
  const size_t bytes = size_t(image.width) * size_t(image.height) * size_t(std::max(image.channels, 0));
  if (image.channels < 1 || image.channels > 4 || image.pixels.size() != bytes)
    return "its pixels do not fit its size and channels";
  return bytes < size_t(INT_MAX) / 2 ? "" : "it is too large";
}

}  // namespace

namespace lf::files {

std::vector<uint8_t> encode_png(const Image8& image) {
  const std::string why = unsound(image);
  if (!why.empty()) throw InputError("cannot make a PNG of the image: " + why);
  std::vector<uint8_t> bytes;
  const int ok = stbi_write_png_to_func(append, &bytes, image.width, image.height, image.channels,
                                        image.pixels.data(), image.width * image.channels);
  if (!ok) throw RunError("cannot make a PNG: not enough memory");
  return bytes;
}

void write_png(const std::filesystem::path& path, const Image8& image) {
  write_file_atomically(path, encode_png(image));
}

}  // namespace lf::files
