// The noise from which digits are generated: of samples, scores and previews.
#pragma once

#include <ATen/ATen.h>

#include "base/seeds.h"

namespace lf::inference {

/// Standard normal latents (count, 4, 4, 4) of one purpose and counter, for samples the number of their
/// batch.
at::Tensor latent_noise(uint64_t seed, Purpose purpose, uint64_t counter, int64_t count);

/// Maximum number of digits of one noise.
constexpr int64_t kMostPreviewNoise = 120;

/// (count, 4, 4, 4) for 0 < count ≤ kMostPreviewNoise. The first ones of a seed are the same for
/// every count, so preview and lab tools use the same digits.
at::Tensor preview_noise(int64_t seed, int64_t count);

}  // namespace lf::inference
