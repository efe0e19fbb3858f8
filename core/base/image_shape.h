// The shape of an image, and the one shape of the digits that this program learns.
#pragma once

namespace lf {

/// Rows and columns of a grey image, stored row by row from the top.
struct ImageShape {
  int height = 0, width = 0;

  constexpr int pixels() const { return height * width; }
  constexpr bool operator==(const ImageShape& other) const {
    return height == other.height && width == other.width;
  }
  constexpr bool operator!=(const ImageShape& other) const { return !(*this == other); }
};

/// Digits of MNIST and its like. The networks and their kernels are built for it.
inline constexpr ImageShape kDigitShape{28, 28};
inline constexpr int kDigitSide = kDigitShape.width;
inline constexpr int kDigitPixels = kDigitShape.pixels();
static_assert(kDigitShape.height == kDigitSide, "digits are square");

}  // namespace lf
