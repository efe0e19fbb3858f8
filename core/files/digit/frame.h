#pragma once
#include "files/digit/picture.h"
#include "files/digit/plane.h"

namespace lf {

inline constexpr float kVisibleInk = 0.1f;  ///< of 1: what counts as written

/// The part of a plane of ink (0 to 1) that is written on, as MNIST shows it: in a box of 20 x 20 and with
/// its centre of mass in the middle of 28 x 28. All 0 where nothing is written.
DigitPixels framed_digit(const Plane& ink);

}  // namespace lf
