#include "lab/field/streaks.h"

#include <algorithm>
#include <cmath>

#include "base/seeds.h"

namespace lf::lab {
namespace {

constexpr int kReach = 12;  ///< pixels of a streak to either side

struct Direction {
  float x = 0, y = 0;  ///< y downwards, like the rows of the image
};

/// The unit direction of the field at every pixel, linear between the grid points.
std::vector<Direction> pixel_directions(const std::vector<float>& arrows, int side, int texture) {
  std::vector<Direction> directions;
  const float scale = static_cast<float>(side - 1) / static_cast<float>(texture - 1);
  const auto at = [&](int column, int row, int axis) {
    return arrows[static_cast<size_t>(2 * (row * side + column) + axis)];
  };
  for (int py = 0; py < texture; ++py) {
    const float gy = static_cast<float>(texture - 1 - py) * scale;
    const int row = std::min(side - 2, static_cast<int>(gy));
    const float fy = gy - static_cast<float>(row);
    for (int px = 0; px < texture; ++px) {
      const float gx = static_cast<float>(px) * scale;
      const int column = std::min(side - 2, static_cast<int>(gx));
      const float fx = gx - static_cast<float>(column);
      const auto between = [&](int axis) {
        const float below = at(column, row, axis) * (1 - fx) + at(column + 1, row, axis) * fx;
        const float above = at(column, row + 1, axis) * (1 - fx) + at(column + 1, row + 1, axis) * fx;
        return below * (1 - fy) + above * fy;
      };
      const float x = between(0), y = between(1), length = std::max(1e-9f, std::hypot(x, y));
      directions.push_back({x / length, -y / length});
    }
  }
  return directions;
}

float noise_at(size_t pixel) { return static_cast<float>(mixed_bits(pixel) >> 40) / 16777216.0f; }

}  // namespace

std::vector<uint8_t> flow_streaks(const std::vector<float>& arrows, int side, int texture) {
  const auto directions = pixel_directions(arrows, side, texture);
  std::vector<float> noise(directions.size());
  for (size_t i = 0; i < noise.size(); ++i) noise[i] = noise_at(i);
  std::vector<uint8_t> grey(directions.size());
  const float end = static_cast<float>(texture) - 0.5f;
  for (size_t i = 0; i < grey.size(); ++i) {
    float sum = noise[i], count = 1;
    for (const float sign : {1.0f, -1.0f}) {
      float x = static_cast<float>(i % static_cast<size_t>(texture)),
            y = static_cast<float>(i / static_cast<size_t>(texture));
      size_t at = i;
      for (int k = 0; k < kReach; ++k) {
        x += sign * directions[at].x;
        y += sign * directions[at].y;
        if (x < -0.5f || y < -0.5f || x >= end || y >= end) break;
        at = static_cast<size_t>(std::lround(y)) * static_cast<size_t>(texture) +
             static_cast<size_t>(std::lround(x));
        sum += noise[at];
        ++count;
      }
    }
    // The mean of n uniform numbers has a standard deviation of 0.29 / √n: two of them fill the
    // range.
    const float stretched = 0.5f + (sum / count - 0.5f) * std::sqrt(count) / (4 * 0.29f);
    grey[i] = static_cast<uint8_t>(std::clamp(stretched, 0.0f, 1.0f) * 255);
  }
  return grey;
}

}  // namespace lf::lab
