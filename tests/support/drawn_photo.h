// A seven drawn on any sheet, as in a photograph, a scan or a drawing program.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include "files/digit/picture.h"

namespace lf::testing {

struct Colour {
  float red, green, blue;
};
inline constexpr Colour kWhite{255, 255, 255}, kBlack{0, 0, 0};

/// A sheet to draw on; intermediate colours may be outside [0, 255].
class Drawn {
 public:
  explicit Drawn(Colour paper = kWhite, int width = 320, int height = 320)
      : width_(width), height_(height), values_(size_t(width) * size_t(height) * 4) {
    change([&](float* pixel, float, float) {
      pixel[0] = paper.red, pixel[1] = paper.green, pixel[2] = paper.blue, pixel[3] = 255;
    });
  }

  /// Calls `how` with each pixel and its position from -1 to 1.
  Drawn& change(const std::function<void(float* pixel, float x, float y)>& how) {
    for (int y = 0; y < height_; ++y) {
      for (int x = 0; x < width_; ++x)
        how(at(x, y), 2 * float(x) / float(width_) - 1, 2 * float(y) / float(height_) - 1);
    }
    return *this;
  }
  Drawn& rectangle(int left, int top, int right, int bottom, Colour colour) {
    for (int y = std::max(0, top); y < std::min(bottom, height_); ++y) {
      for (int x = std::max(0, left); x < std::min(right, width_); ++x) paint(at(x, y), colour, 1);
    }
    return *this;
  }
  Drawn& line(float x0, float y0, float x1, float y1, float radius, Colour colour) {
    const float reach = radius + 1;  // nothing is painted beyond it
    const auto from = [&](float a, float b) { return std::max(0, int(std::floor(std::min(a, b) - reach))); };
    const auto to = [&](float a, float b, int size) {
      return std::min(size, int(std::ceil(std::max(a, b) + reach)) + 1);
    };
    for (int y = from(y0, y1); y < to(y0, y1, height_); ++y) {
      for (int x = from(x0, x1); x < to(x0, x1, width_); ++x) {
        const float dx = x1 - x0, dy = y1 - y0, px = float(x) - x0, py = float(y) - y0;
        const float t = std::clamp((px * dx + py * dy) / std::max(1e-6f, dx * dx + dy * dy), 0.0f, 1.0f);
        const float away = std::hypot(px - t * dx, py - t * dy);
        paint(at(x, y), colour, std::clamp(radius + 0.5f - away, 0.0f, 1.0f));
      }
    }
    return *this;
  }
  /// A rectangle rotated about its centre; positions and sizes are relative to the shorter side.
  Drawn& note(float width, float height, float degrees, Colour colour) {
    const float turn = degrees * 3.14159265f / 180, side = float(std::min(width_, height_));
    for (int y = 0; y < height_; ++y) {
      for (int x = 0; x < width_; ++x) {
        const float dx = float(x) - float(width_) / 2, dy = float(y) - float(height_) / 2;
        const float u = std::cos(turn) * dx + std::sin(turn) * dy,
                    v = std::cos(turn) * dy - std::sin(turn) * dx;
        const float within = std::min(width * side / 2 - std::fabs(u), height * side / 2 - std::fabs(v));
        paint(at(x, y), colour, std::clamp(within + 0.5f, 0.0f, 1.0f));
      }
    }
    return *this;
  }
  /// A stroke through positions relative to the shorter side, measured from the middle.
  Drawn& strokes(const std::vector<std::array<float, 2>>& places, float radius, Colour ink, float degrees) {
    const float turn = degrees * 3.14159265f / 180, side = float(std::min(width_, height_));
    const auto turned = [&](const std::array<float, 2>& p) {
      return std::array<float, 2>{
          float(width_) / 2 + side * (std::cos(turn) * p[0] - std::sin(turn) * p[1]),
          float(height_) / 2 + side * (std::sin(turn) * p[0] + std::cos(turn) * p[1])};
    };
    for (size_t i = 0; i + 1 < places.size(); ++i) {
      const auto from = turned(places[i]), to = turned(places[i + 1]);
      line(from[0], from[1], to[0], to[1], radius, ink);
    }
    return *this;
  }
  /// A lamp's reflection: added light, clipped at white.
  Drawn& glare(float x, float y, float radius, float strength) {
    return change([=](float* pixel, float u, float v) {
      const float away = ((u - x) * (u - x) + (v - y) * (v - y)) / (2 * radius * radius);
      for (int c = 0; c < 3; ++c) pixel[c] = std::min(255.0f, pixel[c] + strength * std::exp(-away));
    });
  }
  /// A seven about half as high as the sheet.
  Drawn& seven(Colour ink = kBlack, float radius = 8) {
    const float u = float(std::min(width_, height_)) / 20;
    line(6 * u, 6 * u, 14 * u, 5.5f * u, radius, ink);
    return line(14 * u, 5.5f * u, 8.5f * u, 15 * u, radius, ink);
  }
  Drawn& light(const std::function<float(float x, float y)>& share) {
    return change([&](float* pixel, float x, float y) {
      for (int c = 0; c < 3; ++c) pixel[c] *= share(x, y);
    });
  }
  Drawn& noise(float deviation) {
    std::mt19937 random(7);
    std::normal_distribution<float> bell(0, deviation);
    return change([&](float* pixel, float, float) {
      const float grain = bell(random);
      for (int c = 0; c < 3; ++c) pixel[c] += grain;
    });
  }
  Drawn& transparent() {
    return change([](float* pixel, float, float) { pixel[3] = 0; });
  }

  files::Photo photo() const {
    files::Photo photo{width_, height_, {}};
    for (const float value : values_) photo.rgba.push_back(uint8_t(std::clamp(value + 0.5f, 0.0f, 255.0f)));
    return photo;
  }

 private:
  float* at(int x, int y) { return values_.data() + 4 * (size_t(y) * size_t(width_) + size_t(x)); }
  /// On a transparent sheet paint is as opaque as it is thick.
  static void paint(float* pixel, Colour colour, float share) {
    if (share <= 0) return;
    const float mix = pixel[3] == 255 ? share : 1;
    pixel[0] += mix * (colour.red - pixel[0]);
    pixel[1] += mix * (colour.green - pixel[1]);
    pixel[2] += mix * (colour.blue - pixel[2]);
    pixel[3] = std::max(pixel[3], 255 * share);
  }

  int width_, height_;
  std::vector<float> values_;
};

/// The correlation of two images.
inline double correlation(const files::DigitPixels& a, const files::DigitPixels& b) {
  double mean_a = 0, mean_b = 0, ab = 0, aa = 1e-9, bb = 1e-9;
  for (size_t i = 0; i < a.size(); ++i) mean_a += a[i] / 784.0, mean_b += b[i] / 784.0;
  for (size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return ab / std::sqrt(aa * bb);
}

inline files::DigitPixels moved(const files::DigitPixels& pixels, int dx, int dy) {
  files::DigitPixels out{};
  for (int y = std::max(0, dy); y < std::min(28, 28 + dy); ++y) {
    for (int x = std::max(0, dx); x < std::min(28, 28 + dx); ++x)
      out[size_t(28 * y + x)] = pixels[size_t(28 * (y - dy) + x - dx)];
  }
  return out;
}

/// Similarity of two images: their correlation, with one shifted by at most a pixel, since a centre
/// of mass between two pixels may be rounded either way.
inline double alike(const files::DigitPixels& a, const files::DigitPixels& b) {
  double best = -1;
  for (int dy = -1; dy <= 1; ++dy) {
    for (int dx = -1; dx <= 1; ++dx) best = std::max(best, correlation(moved(a, dx, dy), b));
  }
  return best;
}

}  // namespace lf::testing
