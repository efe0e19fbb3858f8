// The noise that everything drawn for looking begins with.
#pragma once

#include <ATen/ATen.h>

namespace lf {

/// Most digits that one noise serves.
constexpr int64_t kMostPreviewNoise = 120;

/// (count, 4, 4, 4) for 0 < count ≤ kMostPreviewNoise: the first ones of a seed are the same for every count,
/// so that the preview and the tools of the lab follow the same digits.
at::Tensor preview_noise(int64_t seed, int64_t count);

}  // namespace lf
