// Images of digits for tests of the window: real MNIST digits if LATENTFLOW_DATA names their
// folder, else drawn from a 5×7 font.
#pragma once

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/image_shape.h"

namespace lf {

using Picture = std::array<float, kDigitPixels>;

/// A small generator, so that the same fake is made on every machine.
struct FakeRandom {
  uint64_t state = 1;
  float uniform() {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<float>(state >> 40) / 16777216.0f;
  }
  float normal() { return std::sqrt(-2 * std::log(uniform() + 1e-7f)) * std::cos(6.2831853f * uniform()); }
};

inline Picture font_digit(int digit) {
  constexpr const char* kRows[10][7] = {{".###.", "#...#", "#...#", "#...#", "#...#", "#...#", ".###."},
                                        {"..#..", ".##..", "..#..", "..#..", "..#..", "..#..", ".###."},
                                        {".###.", "#...#", "....#", "..##.", ".#...", "#....", "#####"},
                                        {".###.", "#...#", "....#", "..##.", "....#", "#...#", ".###."},
                                        {"...#.", "..##.", ".#.#.", "#..#.", "#####", "...#.", "...#."},
                                        {"#####", "#....", "####.", "....#", "....#", "#...#", ".###."},
                                        {".###.", "#....", "#....", "####.", "#...#", "#...#", ".###."},
                                        {"#####", "....#", "...#.", "..#..", "..#..", ".#...", ".#..."},
                                        {".###.", "#...#", "#...#", ".###.", "#...#", "#...#", ".###."},
                                        {".###.", "#...#", "#...#", ".####", "....#", "....#", ".###."}};
  Picture picture{};
  for (int y = 0; y < 28; ++y) {
    for (int x = 0; x < 28; ++x) {
      const int column = (x - 7) / 3, row = (y - 4) / 3;
      const bool ink = x >= 7 && y >= 4 && column < 5 && row < 7 && kRows[digit][row][column] == '#';
      picture[static_cast<size_t>(y * 28 + x)] = ink ? 1.0f : 0.0f;
    }
  }
  return picture;
}

/// The first `count` digits of each class out of MNIST's test files; empty without them.
inline std::array<std::vector<Picture>, 10> read_mnist_digits(size_t count) {
  std::array<std::vector<Picture>, 10> result;
  const char* folder = std::getenv("LATENTFLOW_DATA");
  if (folder == nullptr) return result;
  const gzFile images = gzopen((std::string(folder) + "/t10k-images-idx3-ubyte.gz").c_str(), "rb");
  const gzFile labels = gzopen((std::string(folder) + "/t10k-labels-idx1-ubyte.gz").c_str(), "rb");
  uint8_t head[16], pixels[kDigitPixels], label = 0;
  if (images != nullptr && labels != nullptr && gzread(images, head, 16) == 16 &&
      gzread(labels, head, 8) == 8) {
    while (gzread(images, pixels, kDigitPixels) == kDigitPixels && gzread(labels, &label, 1) == 1) {
      auto& of_class = result[label % 10];
      if (of_class.size() >= count) continue;
      Picture picture;
      for (size_t i = 0; i < kDigitPixels; ++i) picture[i] = pixels[i] / 255.0f;
      of_class.push_back(picture);
    }
  }
  if (images != nullptr) gzclose(images);
  if (labels != nullptr) gzclose(labels);
  return result;
}

/// Some digit of the class; `index` chooses among the available ones.
inline const Picture& fake_digit(int digit, size_t index) {
  static const std::array<std::vector<Picture>, 10> mnist = read_mnist_digits(24);
  static const std::array<Picture, 10> drawn = [] {
    std::array<Picture, 10> all{};
    for (int d = 0; d < 10; ++d) all[static_cast<size_t>(d)] = font_digit(d);
    return all;
  }();
  const auto& of_class = mnist[static_cast<size_t>(digit)];
  return of_class.empty() ? drawn[static_cast<size_t>(digit)] : of_class[index % of_class.size()];
}

/// A smooth random field over the image, −1..1.
struct FakeField {
  float ax, ay, bx, by, phase;
  explicit FakeField(FakeRandom& random)
      : ax(random.normal() * 0.16f),
        ay(random.normal() * 0.16f),
        bx(random.normal() * 0.3f),
        by(random.normal() * 0.3f),
        phase(6.28f * random.uniform()) {}
  float at(float x, float y) const {
    return 0.65f * std::sin(ax * x + ay * y + phase) + 0.35f * std::sin(bx * x + by * y + 2 * phase);
  }
};

inline float sample(const Picture& p, float x, float y) {
  const int ix = static_cast<int>(std::floor(x)), iy = static_cast<int>(std::floor(y));
  const float fx = x - static_cast<float>(ix), fy = y - static_cast<float>(iy);
  const auto at = [&](int cx, int cy) {
    return cx < 0 || cy < 0 || cx > 27 || cy > 27 ? 0.0f : p[static_cast<size_t>(cy * 28 + cx)];
  };
  return (1 - fy) * ((1 - fx) * at(ix, iy) + fx * at(ix + 1, iy)) +
         fy * ((1 - fx) * at(ix, iy + 1) + fx * at(ix + 1, iy + 1));
}

/// A possible output of a decoder that is `wrong` (0 right, 1 noise): bent, blurred, mixed with
/// another digit.
inline void fake_decode(const Picture& digit, const Picture& other, const FakeField& u, const FakeField& v,
                        float wrong, uint8_t* out) {
  const float bend = 7 * wrong, other_share = std::min(0.6f, 0.9f * wrong * wrong);
  for (int y = 0; y < 28; ++y) {
    for (int x = 0; x < 28; ++x) {
      const float fx = static_cast<float>(x), fy = static_cast<float>(y);
      const float sx = fx + bend * u.at(fx, fy), sy = fy + bend * v.at(fx, fy), soft = 1.2f * wrong;
      const float a = 0.5f * sample(digit, sx, sy) +
                      0.25f * (sample(digit, sx + soft, sy) + sample(digit, sx - soft, sy));
      const float value = (1 - other_share) * a + other_share * sample(other, sx, sy);
      out[y * 28 + x] = static_cast<uint8_t>(255 * std::clamp(value, 0.0f, 1.0f));
    }
  }
}

}  // namespace lf
