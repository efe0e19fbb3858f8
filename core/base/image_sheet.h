// Images of one shape, one after another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/image_shape.h"

namespace lf {

/// "28×28": height, then width.
std::string size_text(const ImageShape& shape);

/// One image of a sheet; valid while the sheet lives unchanged.
struct ImageView {
  const uint8_t* pixels = nullptr;
  ImageShape shape = kDigitShape;
};

/// Grey images, 8 bits. Whoever draws or saves them reads their shape here.
struct ImageSheet {
  ImageShape shape = kDigitShape;
  std::vector<uint8_t> bytes;  ///< (count, height, width)

  ImageSheet() = default;
  explicit ImageSheet(ImageShape each) : shape(each) {}
  explicit ImageSheet(std::vector<uint8_t> all, ImageShape each = kDigitShape)
      : shape(each), bytes(std::move(all)) {}
  /// `count` black images.
  static ImageSheet black(size_t count, ImageShape shape = kDigitShape);

  bool empty() const { return bytes.empty(); }
  /// Whole images in it.
  size_t count() const { return bytes.size() / image_bytes(); }
  /// True for exactly so many whole images.
  bool holds(size_t images) const { return bytes.size() == images * image_bytes(); }
  /// Bytes of one image.
  size_t image_bytes() const { return static_cast<size_t>(shape.pixels()); }
  /// Image `index` < count().
  ImageView image(size_t index) const { return {bytes.data() + index * image_bytes(), shape}; }
  uint8_t* image_data(size_t index) { return bytes.data() + index * image_bytes(); }

  bool operator==(const ImageSheet& other) const { return shape == other.shape && bytes == other.bytes; }
  bool operator!=(const ImageSheet& other) const { return !(*this == other); }

  /// Appends `count` images of this shape.
  void append(const uint8_t* pixels, size_t count);
  /// Appends images [first, first + count) of another sheet; those that are not there are left out.
  /// An empty sheet takes the other's shape. Throws RunError when the shapes differ.
  void append(const ImageSheet& other, size_t first = 0, size_t count = SIZE_MAX);
  /// Images [first, first + count) as a sheet of their own.
  ImageSheet part(size_t first, size_t count) const;
};

}  // namespace lf
