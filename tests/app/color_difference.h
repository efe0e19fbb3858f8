// How different two colours look, also with colour-blind vision.
#pragma once

#include <cmath>

#include "widgets/color.h"

namespace lf::app {

enum class Vision { Normal, Protanopia, Deuteranopia };

/// L*, a*, b* under D65.
struct LabColor {
  double l, a, b;
};

namespace color_detail {

inline constexpr double kPi = 3.14159265358979323846;

inline double linear(widgets::Color color, int index) {
  const double c = ((color >> (8 * index)) & 0xFF) / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

/// Rows: red, green, blue of what is seen, from linear red, green, blue.
inline constexpr double kMatrices[3][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};

inline double lab_curve(double x) { return x > 216.0 / 24389 ? std::cbrt(x) : (24389.0 / 27 * x + 16) / 116; }

/// Hue angle in degrees, 0..360.
inline double hue(double b, double a) {
  const double degrees = std::atan2(b, a) * 180 / kPi;
  return degrees < 0 ? degrees + 360 : degrees;
}

inline double mean_hue(double h1, double h2, bool grey) {
  if (grey) return h1 + h2;
  if (std::abs(h1 - h2) <= 180) return (h1 + h2) / 2;
  return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
}

inline double hue_step(double h1, double h2, bool grey) {
  if (grey) return 0;
  const double d = h2 - h1;
  return d > 180 ? d - 360 : d < -180 ? d + 360 : d;
}

inline double cosine(double degrees) { return std::cos(degrees * kPi / 180); }

/// Weight of chroma that grows towards grey (the G of the formula, and R_C without its factor).
inline double seventh_root(double c) {
  return std::sqrt(std::pow(c, 7) / (std::pow(c, 7) + std::pow(25.0, 7)));
}

}  // namespace color_detail

/// The colour as seen with this vision (Machado, Oliveira and Fernandes 2009, severity 1), in CIE
/// L*a*b*.
inline LabColor seen_as(widgets::Color color, Vision vision) {
  using namespace color_detail;
  const auto& m = kMatrices[static_cast<int>(vision)];
  double rgb[3];
  for (int i = 0; i < 3; ++i) {
    const double v = m[i][0] * linear(color, 0) + m[i][1] * linear(color, 1) + m[i][2] * linear(color, 2);
    rgb[i] = v < 0 ? 0 : v > 1 ? 1 : v;
  }
  const double x = lab_curve((0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047);
  const double y = lab_curve(0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]);
  const double z = lab_curve((0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/// CIEDE2000 difference (Sharma, Wu and Dalal 2005); about 1 is just noticeable side by side.
inline double color_difference(const LabColor& p, const LabColor& q) {
  using namespace color_detail;
  const double g = 1.5 - 0.5 * seventh_root((std::hypot(p.a, p.b) + std::hypot(q.a, q.b)) / 2);
  const double a1 = p.a * g, a2 = q.a * g;
  const double c1 = std::hypot(a1, p.b), c2 = std::hypot(a2, q.b);
  const bool grey = c1 * c2 == 0;
  const double h1 = c1 == 0 ? 0 : hue(p.b, a1), h2 = c2 == 0 ? 0 : hue(q.b, a2);
  const double dl = q.l - p.l, dc = c2 - c1;
  const double dh = 2 * std::sqrt(c1 * c2) * std::sin(hue_step(h1, h2, grey) / 2 * kPi / 180);
  const double l = (p.l + q.l) / 2 - 50, c = (c1 + c2) / 2, h = mean_hue(h1, h2, grey);
  const double t =
      1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6) - 0.20 * cosine(4 * h - 63);
  const double sl = 1 + 0.015 * l * l / std::sqrt(20 + l * l), sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t;
  const double turn = 60 * std::exp(-std::pow((h - 275) / 25, 2));
  const double rt = -std::sin(turn * kPi / 180) * 2 * seventh_root(c);
  const double x = dl / sl, y = dc / sc, z = dh / sh;
  return std::sqrt(x * x + y * y + z * z + rt * y * z);
}

}  // namespace lf::app
