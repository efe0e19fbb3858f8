// The dark theme: what the window shows by default and what all figures are drawn in.
#pragma once

#include <array>
#include <cstdint>

#include "base/classes.h"

namespace lf::dark {

/// 0xRRGGBB each.
inline constexpr uint32_t kWindow = 0x0F1216, kBar = 0x14181E, kCard = 0x161A20, kRaised = 0x1E242C,
                          kBorder = 0x232932, kText = 0xE6E9EF, kTextDim = 0x8B94A3, kFaint = 0x6A7484,
                          kAccent = 0x3D7BFD, kNoise = 0x8B7BFF, kData = 0xFFB454, kAutoencoder = 0x3FB68B,
                          kFlow = 0x4C9BE8, kError = 0xF2616A;
/// Signed differences.
inline constexpr uint32_t kNegative = kFlow, kPositive = kData;
/// Of the digits: distinct from the roles and from each other, also for colour-blind eyes.
inline constexpr ByClass<uint32_t> kDigits{0x35D9FB, 0xF96E60, 0xC9F9A5, 0xFA7FB7, 0xFEEF00,
                                           0xA56400, 0x915FA4, 0xD8236C, 0x407D74, 0xF7C3C0};

}  // namespace lf::dark
