#include "files/image/photo.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "base/errors.h"
#include "files/cannot_use.h"
#include "files/digit/picture_turn.h"
#include "files/file_kind.h"
#include "files/image/photo_jpeg.h"
#include "files/image/photo_png.h"
#include "files/image/photo_reducer.h"
#include "files/image/photo_size.h"
#include "files/image/png.h"
#include "files/image/read_image.h"

namespace lf::files {
namespace {

constexpr size_t kHead = 1 << 20;                   ///< the orientation comes before the pixels
constexpr uint64_t kMostWholeBytes = 256ull << 20;  ///< of a file that is read as a whole: BMP, GIF

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

std::vector<uint8_t> first_bytes(std::FILE* file, uint64_t file_bytes) {
  std::vector<uint8_t> head(size_t(std::min<uint64_t>(file_bytes, kHead)));
  head.resize(std::fread(head.data(), 1, head.size(), file));
  std::rewind(file);
  return head;
}

/// Formats that stb reads, and only as a whole.
Photo whole_photo(std::FILE* file, uint64_t file_bytes, const std::string& name) {
  if (file_bytes > kMostWholeBytes)
    cannot_use(name, "its file has " + std::to_string(file_bytes >> 20) + " MB, at most " +
                         std::to_string(kMostWholeBytes >> 20) +
                         " are read of this kind; save it as PNG or JPEG");
  std::vector<uint8_t> bytes(file_bytes);
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file));
  const Image8 image = decode_image(bytes, name, 4);
  PhotoReducer reducer(image.width, image.height);
  for (int y = 0; y < image.height; ++y)
    reducer.add(y, 0, 1, image.pixels.data() + 4 * size_t(y) * size_t(image.width), image.width);
  return reducer.finish();
}

Photo turned(const Photo& photo, int orientation) {
  if (orientation == 1) return photo;
  const bool lies = orientation >= 5;  // its sides are exchanged
  Photo upright{lies ? photo.height : photo.width, lies ? photo.width : photo.height, {}};
  upright.rgba.reserve(photo.rgba.size());
  for (int y = 0; y < upright.height; ++y) {
    for (int x = 0; x < upright.width; ++x) {
      const TurnedPixel from = stored_pixel(orientation, photo.width, photo.height, x, y);
      const uint8_t* pixel = photo.pixel(from.x, from.y);
      upright.rgba.insert(upright.rgba.end(), pixel, pixel + 4);
    }
  }
  return upright;
}

Photo photo_from(std::FILE* file, uint64_t file_bytes, const std::string& name) {
  const std::vector<uint8_t> head = first_bytes(file, file_bytes);
  const FileKind kind = file_kind(head);
  if (kind.use != FileUse::Picture) throw InputError(wrong_kind(name, kind, "an image of a digit"));
  if (file_bytes > kMostPhotoBytes)
    cannot_use(name, "its file has " + std::to_string(file_bytes >> 20) + " MB; save it smaller");
  const bool jpeg = head[0] == 0xFF, png = head[0] == 0x89;
  const Photo photo = jpeg && reads_jpeg_rows() ? read_jpeg_photo(file, file_bytes, name)
                      : png && reads_png_rows() ? read_png_photo(file, file_bytes, name)
                                                : whole_photo(file, file_bytes, name);
  return turned(photo, picture_orientation(head));
}

}  // namespace

void check_photo_size(uint64_t width, uint64_t height, uint64_t file_bytes, const std::string& name) {
  constexpr uint64_t kFewPixels = 1 << 20, kPixelsAByte = 8 * 1032;  // DEFLATE: 1032 bytes in one
  const std::string size = std::to_string(width) + " x " + std::to_string(height) + " pixels";
  if (width == 0 || height == 0) cannot_use(name, "it has " + size);
  if (width > 1'000'000 || height > 1'000'000 || width * height > kMostPhotoPixels)
    cannot_use(name, "it has " + size + ", at most " + std::to_string(kMostPhotoPixels / 1'000'000) +
                         " megapixels are read; save it smaller");
  if (width * height > kFewPixels + kPixelsAByte * file_bytes)
    cannot_use(name, "it claims " + size + ", more than its file can hold; save or fetch it again");
}

Photo read_photo(const std::filesystem::path& path) {
  const std::string name = path.string();
  file_kind_of(path);  // rejects what is no file, before a pipe could block
  const File file(std::fopen(path.c_str(), "rbe"));
  struct stat status {};
  if (!file || fstat(fileno(file.get()), &status) != 0)
    throw InputError("cannot read '" + name + "': " + std::strerror(errno));
  return photo_from(file.get(), uint64_t(status.st_size), name);
}

Photo decode_photo(const std::vector<uint8_t>& bytes, const std::string& name) {
  if (bytes.empty()) throw InputError(wrong_kind(name, file_kind(bytes), "an image of a digit"));
  const File file(fmemopen(const_cast<uint8_t*>(bytes.data()), bytes.size(), "rb"));
  if (!file) throw RunError("cannot read '" + name + "': not enough memory");
  return photo_from(file.get(), bytes.size(), name);
}

}  // namespace lf::files
