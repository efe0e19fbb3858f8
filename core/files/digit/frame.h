// The last step from a photograph to a digit: size and position.
#pragma once
#include "files/digit/picture.h"
#include "files/digit/plane.h"

namespace lf::files {

inline constexpr float kVisibleInk = 0.1f;  ///< of 1: threshold of visible ink

/// The inked part of a plane (0 to 1) in MNIST's frame: in a box of 20 x 20, with its centre of
/// mass in the middle of 28 x 28. All 0 without ink.
DigitPixels framed_digit(const Plane& ink);

}  // namespace lf::files
