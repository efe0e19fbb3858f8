// One number for every pixel, and the filters that the preparation of photographs is made of.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace lf {

struct Plane {
  int width = 0, height = 0;
  std::vector<float> values;  ///< height * width

  Plane() = default;
  Plane(int w, int h, float value = 0) : width(w), height(h), values(size_t(w) * size_t(h), value) {}
  float& at(int x, int y) { return values[size_t(y) * size_t(width) + size_t(x)]; }
  float at(int x, int y) const { return values[size_t(y) * size_t(width) + size_t(x)]; }
};

/// Which pixels; as many as its plane has.
using Mask = std::vector<uint8_t>;

/// Rows become columns.
Plane transposed(const Plane& plane);
Mask transposed(const Mask& mask, int width, int height);

/// The means over blocks of factor x factor pixels, of fewer at the right and below.
Plane reduced(const Plane& plane, int factor);
Mask reduced(const Mask& mask, int width, int height, int factor);  ///< whether most of a block is in it

/// The mean over squares of 2 radius + 1 pixels a side; over what there is of them at the borders.
Plane box_blur(const Plane& plane, int radius);

/// The largest, the smallest value in such squares.
Plane sliding_max(const Plane& plane, int radius);
Plane sliding_min(const Plane& plane, int radius);

/// The pixels that have one of the mask within a distance of `radius` pixels.
Mask grown(const Mask& mask, int width, int height, double radius);
/// The pixels that have only those of the mask, or the border, within it.
Mask shrunk(const Mask& mask, int width, int height, double radius);

/// The squared distance of every pixel to the nearest one of the mask; 1e12 where it has none.
std::vector<float> squared_distances(const Mask& mask, int width, int height);

/// The value below which this share of them lies; 0 of none.
float quantile(std::vector<float> values, double share);

}  // namespace lf
