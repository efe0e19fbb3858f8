// How a person writes each digit: the strokes that stroke_pen.h varies.
#pragma once
#include <vector>

namespace lf::data {

/// A point of a pen's path; x to the right in 0…1, y down in 0…1.4.
struct PenPoint {
  double x, y;
};

/// One stroke of the pen: its points, connected by a smooth curve or by straight lines.
struct PenStroke {
  bool curved;
  std::vector<PenPoint> points;
};

/// One shape of a digit.
using DigitShape = std::vector<PenStroke>;

/// The shapes of a digit, 0…9.
const std::vector<DigitShape>& digit_shapes(int digit);

}  // namespace lf::data
