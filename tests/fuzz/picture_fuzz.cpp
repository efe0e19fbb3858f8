// Images that users open: PNG and JPEG through their libraries, BMP and GIF through stb, each also
// by stb alone. Our part is the checks before and after, the orientation, and finding the digit.
#include "files/digit/picture.h"
#include "files/image/png.h"
#include "files/image/read_image.h"
#include "fuzz_target.h"

namespace lf::fuzz {
namespace {

/// stb: reads and writes the program's own files.
void decode_whole(const std::vector<uint8_t>& bytes) {
  sound_or_refused([&] {
    const files::Image8 image = files::decode_image(bytes, "fuzzed");
    require(image.width > 0 && image.height > 0 && image.channels >= 1 && image.channels <= 4,
            "it has a size");
    require(image.pixels.size() == size_t(image.width) * size_t(image.height) * size_t(image.channels),
            "it has all its pixels");
  });
}

}  // namespace

void fuzz_one(const uint8_t* data, size_t size) {
  const std::vector<uint8_t> bytes = bytes_of(data, size);
  decode_whole(bytes);
  sound_or_refused([&] {
    const files::Photo photo = files::decode_photo(bytes, "fuzzed");
    require(photo.width > 0 && photo.height > 0 && photo.width <= files::kPhotoSide &&
                photo.height <= files::kPhotoSide,
            "it is reduced");
    require(photo.rgba.size() == size_t(photo.width) * size_t(photo.height) * 4, "it has all its pixels");
    constexpr int kQuick = 64;  // pixels per side: larger ones take too long here
    if (photo.width > kQuick || photo.height > kQuick) return;
    const files::DigitPixels digit = files::digit_in(photo, "fuzzed");
    require(digit != files::DigitPixels{}, "where something is found, something is written");
  });
}

}  // namespace lf::fuzz
