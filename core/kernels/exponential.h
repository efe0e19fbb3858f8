// The exponential of many numbers at once, for loops that are compiled for several processors.
#pragma once

#include <cstdint>

#include "kernels/vector_clones.h"

namespace lf::kernels {

/// x = eˣ, relative error below 3e-7, for vectors of float32 and of as many uint32. Below −87 the
/// result stays at e⁻⁸⁷, above 88 at e⁸⁸. x = n·log 2 + r with |r| ≤ log(2)/2: Taylor's series of
/// degree 6 for eʳ, and n becomes the exponent.
template <class Floats, class Bits>
LF_INLINE void exponentiate(Floats& x) {
  constexpr float kRound = 12582912;  // 1.5·2²³: adding it to a number rounds to the nearest whole one
  constexpr float kLog2High = 0.693359375f, kLog2Low = -2.12194440e-4f;
  x = x < -87.0f ? Floats{} - 87.0f : x;
  x = x > 88.0f ? Floats{} + 88.0f : x;
  const Floats rounded = x * 1.44269504f + kRound, n = rounded - kRound;
  const Floats r = (x - n * kLog2High) - n * kLog2Low;
  Floats sum = 1.0f / 120 + r * (1.0f / 720);
  sum = 1.0f / 24 + r * sum;
  sum = 1.0f / 6 + r * sum;
  sum = 1.0f / 2 + r * sum;
  sum = 1 + r * sum;
  sum = 1 + r * sum;
  const Bits power = ((Bits)rounded << 23) + (uint32_t{127} << 23);
  x = sum * (Floats)power;
}

}  // namespace lf::kernels
