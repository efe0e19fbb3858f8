// The generators of all random tensors.
#pragma once

#include <ATen/core/Generator.h>

#include "base/seeds.h"

namespace lf::data {

/// The generator of one purpose and counter (see base/seeds.h).
at::Generator make_generator(uint64_t seed, Purpose purpose, uint64_t counter = 0);

}  // namespace lf::data
