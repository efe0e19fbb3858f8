// The optimiser's operations on flat buffers, in one pass over memory each.
#pragma once

#include <cstdint>

namespace lf::kernels {

/// first += Σ others, in their order; the others become zero. Returns Σ first² afterwards. `count` buffers of
/// n numbers each beside the first.
double add_parts(int64_t n, float* first, float* const* others, int64_t count);

/// Nesterov's momentum: with g = gradient/divisor, momentum += (1 − μ)(g − momentum), and, if
/// `direction` is not null, direction = g + μ(momentum − g). The gradient becomes zero. Returns Σ
/// direction².
double nesterov(int64_t n, float* gradient, float divisor, float mu, float* momentum, float* direction);

}  // namespace lf::kernels
