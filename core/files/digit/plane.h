// One number per pixel, and the filters for the preparation of photographs.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace lf::files {

struct Plane {
  int width = 0, height = 0;
  std::vector<float> values;  ///< height * width

  Plane() = default;
  Plane(int w, int h, float value = 0) : width(w), height(h), values(size_t(w) * size_t(h), value) {}
  float& at(int x, int y) { return values[size_t(y) * size_t(width) + size_t(x)]; }
  float at(int x, int y) const { return values[size_t(y) * size_t(width) + size_t(x)]; }
};

/// A set of pixels; as many flags as its plane has pixels.
using Mask = std::vector<uint8_t>;

/// Rows become columns.
Plane transposed(const Plane& plane);
Mask transposed(const Mask& mask, int width, int height);

/// The means over blocks of factor x factor pixels, smaller ones at the right and below.
Plane reduced(const Plane& plane, int factor);
Mask reduced(const Mask& mask, int width, int height, int factor);  ///< whether most of a block is set

/// The mean over squares of 2 radius + 1 pixels per side; at the borders over the existing pixels.
Plane box_blur(const Plane& plane, int radius);

/// The largest, the smallest value in such squares.
Plane sliding_max(const Plane& plane, int radius);
Plane sliding_min(const Plane& plane, int radius);

/// The pixels within a distance of `radius` pixels of the mask.
Mask grown(const Mask& mask, int width, int height, double radius);
/// The pixels with only pixels of the mask, or the border, within that distance.
Mask shrunk(const Mask& mask, int width, int height, double radius);

/// The squared distance of every pixel to the nearest one of the mask; 1e12 if the mask is empty.
std::vector<float> squared_distances(const Mask& mask, int width, int height);

/// The value below which this share of them lies; 0 of an empty list.
float quantile(std::vector<float> values, double share);

}  // namespace lf::files
