// Loops that one program carries for several processors, the best of which is chosen when it starts.
#pragma once

/// Before a function of plain loops: a copy for processors with AVX2 and FMA besides the one for all. A
/// helper must be LF_INLINE to become part of each copy.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define LF_VECTOR_CLONES __attribute__((target_clones("arch=haswell", "arch=skylake-avx512", "default")))
#else
#define LF_VECTOR_CLONES
#endif
#define LF_INLINE inline __attribute__((always_inline))
