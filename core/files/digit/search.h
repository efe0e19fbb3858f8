#pragma once
#include <optional>

#include "files/digit/plane.h"

namespace lf {

/// What of a sheet is a digit, and how dark its ink is.
struct FoundDigit {
  Mask mask;
  float level = 0;  ///< of its strokes, where they are full
  float noise = 0;  ///< of the paper
};

/// Finds the digit in the ink of a sheet (paper.h): what hangs together and has a digit's size, without
/// specks, ruled lines and dark edges. What turns out to be ruling or dirt is taken out of `ink`. Nothing
/// where the sheet is empty.
std::optional<FoundDigit> find_digit(Plane& ink, const Mask& valid, bool& ruled);

}  // namespace lf
