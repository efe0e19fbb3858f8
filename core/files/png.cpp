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
  Image8 image;
  int stored = 0;
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
