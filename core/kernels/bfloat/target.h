// Functions with instructions that not every processor has.
#pragma once

/// Before a function that rounds to bfloat16 or multiplies it: to be called only where bfloat_unit() is not
/// None.
#if defined(__x86_64__)
#include <immintrin.h>
#define LF_BFLOAT __attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16")))
#define LF_HAS_BFLOAT 1
#else
#define LF_BFLOAT
#define LF_HAS_BFLOAT 0
#endif
