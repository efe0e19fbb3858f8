// Attention among four tokens, which every preset with patches of 2 uses. The sixteen weights of a
// head are one AVX-512 vector, and no sum in a head crosses more than four lanes.
#pragma once

#include "kernels/tokens/attention.h"

namespace lf::kernels {

/// True if the two functions below support this shape on this processor: four tokens, a head width
/// that is a multiple of 4 and at most 64, and AVX-512.
bool fits_four_token_attention(const AttentionShape& shape);

/// The same results as attend() and attend_backward().
void attend_four_tokens(const AttentionShape& shape, const float* packed, float* mixed,
                        const AttentionMemory& memory);
void attend_four_tokens_backward(const AttentionShape& shape, const float* packed,
                                 const AttentionMemory& memory, const float* d_mixed, float* d_packed);

}  // namespace lf::kernels
