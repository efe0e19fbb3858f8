// Pictures a person opens: PNG, JPEG, BMP, GIF. The decoder is stb's; ours is what is checked before and
// after.
#include "files/png.h"
#include "fuzz_target.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  sound_or_refused([&] {
    const Image8 image = decode_picture(bytes_of(data, size), "fuzzed");
    require(image.width > 0 && image.height > 0 && image.channels >= 1 && image.channels <= 4,
            "it has a size");
    require(image.pixels.size() == size_t(image.width) * size_t(image.height) * size_t(image.channels),
            "it has all its pixels");
  });
}

}  // namespace lf::fuzz
