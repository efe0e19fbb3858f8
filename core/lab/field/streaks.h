// Line integral convolution (Cabral & Leedom 1993): a still image of the direction of a plane
// field.
#pragma once

#include <cstdint>
#include <vector>

namespace lf::lab {

/// Noise smeared along the field's lines: grey (texture · texture), rows from the top. `arrows`
/// (side · side, 2), side >= 2, row by row from below, x to the right and y upwards; only their directions
/// count. The noise is always the same, so that fields can be compared.
std::vector<uint8_t> flow_streaks(const std::vector<float>& arrows, int side, int texture);

}  // namespace lf::lab
