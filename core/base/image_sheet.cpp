#include "base/image_sheet.h"

#include <algorithm>

#include "base/errors.h"
#include "base/image_shape.h"

namespace lf {

std::string size_text(const ImageShape& shape) {
  return std::to_string(shape.height) + "×" + std::to_string(shape.width);
}

ImageSheet ImageSheet::black(size_t count, ImageShape shape) {
  return ImageSheet(std::vector<uint8_t>(count * static_cast<size_t>(shape.pixels())), shape);
}

void ImageSheet::append(const uint8_t* pixels, size_t count) {
  bytes.insert(bytes.end(), pixels, pixels + count * image_bytes());
}

void ImageSheet::append(const ImageSheet& other, size_t first, size_t count) {
  if (other.empty()) return;
  if (empty()) shape = other.shape;
  if (shape != other.shape)
    throw RunError("images of " + size_text(other.shape) + " pixels do not fit on a sheet of images of " +
                   size_text(shape));
  const size_t begin = std::min(first, other.count());
  append(other.image(begin).pixels, std::min(count, other.count() - begin));
}

ImageSheet ImageSheet::part(size_t first, size_t count) const {
  ImageSheet some(shape);
  some.append(*this, first, count);
  return some;
}

}  // namespace lf
