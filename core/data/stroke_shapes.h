#pragma once
#include <vector>

namespace lf {

/// A point of a pen's path; x to the right in 0…1, y down in 0…1.4.
struct PenPoint {
  double x, y;
};

/// One stroke of the pen: the points it passes, rounded through them or straight from one to the next.
struct PenStroke {
  bool curved;
  std::vector<PenPoint> points;
};

/// One way to write a digit.
using DigitShape = std::vector<PenStroke>;

/// The ways to write a digit, 0…9.
const std::vector<DigitShape>& digit_shapes(int digit);

}  // namespace lf
