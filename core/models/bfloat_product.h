// The product of PackedWeight in bfloat16, where the processor has instructions for it.
#pragma once

#include <cstdint>

namespace lf {

/// Has this processor AVX512_BF16? It multiplies and adds twice as many bfloat16 as float32 at a time.
bool has_bfloat_products();

/// y (rows, outputs) = x (rows, inputs) Wᵀ on the calling thread; x is rounded to bfloat16 here, sums are
/// float32. `panels`: W as (⌈outputs/32⌉, ⌈inputs/2⌉, 32, 2) bfloat16, zero beyond its ends. Each row is
/// summed in one order, whatever other rows there are. Only where has_bfloat_products().
void multiply_bfloat(int64_t rows, int64_t inputs, int64_t outputs, const float* x, const void* panels,
                     float* y);

}  // namespace lf
