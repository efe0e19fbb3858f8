// Attention among four tokens, the case of every preset with patches of 2: the sixteen weights of a head
// are one vector of AVX-512, and nothing in a head needs a sum across more than four lanes.
#pragma once

#include "kernels/tokens/attention.h"

namespace lf {

/// Can the two functions below compute this shape on this processor? Four tokens, a head width that is a
/// multiple of 4 and at most 64, and AVX-512.
bool fits_four_token_attention(const AttentionShape& shape);

/// What attend() and attend_backward() compute.
void attend_four_tokens(const AttentionShape& shape, const float* packed, float* mixed,
                        const AttentionMemory& memory);
void attend_four_tokens_backward(const AttentionShape& shape, const float* packed,
                                 const AttentionMemory& memory, const float* d_mixed, float* d_packed);

}  // namespace lf
