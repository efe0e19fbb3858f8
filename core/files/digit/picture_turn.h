// Which way up a camera held a photograph: the orientation in its EXIF block.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace lf {

/// The orientation (1 to 8, as EXIF counts) that a JPEG or a PNG names in its first bytes; 1, upright, where
/// there is none, or none that can be read.
int picture_orientation(const std::vector<uint8_t>& head);

/// The orientation in a TIFF block of n bytes, which is what EXIF is; 1 where it names none.
int exif_orientation(const uint8_t* tiff, size_t n);

/// Where the pixel (x, y) of the upright picture lies in one of width x height stored pixels.
struct TurnedPixel {
  int x, y;
};
TurnedPixel stored_pixel(int orientation, int width, int height, int x, int y);

}  // namespace lf
