// Images of one grey.
#pragma once

#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "grey_sheet.h"

namespace lf {

inline ImageSheet grey_sheet(size_t count, uint8_t grey, ImageShape shape = kDigitShape) {
  return ImageSheet(std::vector<uint8_t>(count * static_cast<size_t>(shape.pixels()), grey), shape);
}

}  // namespace lf
