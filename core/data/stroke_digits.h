// A data set that needs no file: for the program without MNIST, and for tests.
#pragma once
#include <cstddef>
#include <cstdint>

#include "files/idx/image_set.h"

namespace lf::data {

inline constexpr size_t kStrokeTrainCount = 20000;
inline constexpr size_t kStrokeTestCount = 4000;

/// The built-in data set: digits made of strokes per class with random affine map, thickness and
/// wobble, 28x28, anti-aliased and centred by their mass like MNIST. Image i depends on (seed,
/// split, i) alone, never on the standard library's distributions; labels cycle 0…9.
files::Dataset make_stroke_digits(size_t train_count = kStrokeTrainCount,
                                  size_t test_count = kStrokeTestCount, uint64_t seed = 1);

}  // namespace lf::data
