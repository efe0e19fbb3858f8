// The orientation of a photograph, from its EXIF block.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace lf::files {

/// The orientation (1 to 8, as in EXIF) in the first bytes of a JPEG or a PNG; 1, upright, if there
/// is none or it is unreadable.
int picture_orientation(const std::vector<uint8_t>& head);

/// The orientation in a TIFF block of n bytes, the format of EXIF; 1 if there is none.
int exif_orientation(const uint8_t* tiff, size_t n);

/// The stored position of pixel (x, y) of the upright image, among width x height stored pixels.
struct TurnedPixel {
  int x, y;
};
TurnedPixel stored_pixel(int orientation, int width, int height, int x, int y);

}  // namespace lf::files
