// Separates the digit on a sheet from everything else there.
#pragma once
#include <optional>

#include "files/digit/plane.h"

namespace lf::files {

/// The part of a sheet that is a digit, and how dark its ink is.
struct FoundDigit {
  Mask mask;
  float level = 0;  ///< of its strokes, inside them
  float noise = 0;  ///< of the paper
};

/// Finds the digit in the ink of a sheet (paper.h): connected marks with a digit's size, without
/// specks, ruled lines and dark edges. Ruling and dirt are removed from `ink`. Nothing if the sheet
/// is empty.
std::optional<FoundDigit> find_digit(Plane& ink, const Mask& valid, bool& ruled);

}  // namespace lf::files
