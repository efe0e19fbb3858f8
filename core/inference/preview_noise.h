// The noise from which every preview starts.
#pragma once

#include <ATen/ATen.h>

namespace lf {

/// Maximum number of digits of one noise.
constexpr int64_t kMostPreviewNoise = 120;

/// (count, 4, 4, 4) for 0 < count ≤ kMostPreviewNoise. The first ones of a seed are the same for
/// every count, so preview and lab tools use the same digits.
at::Tensor preview_noise(int64_t seed, int64_t count);

}  // namespace lf
