// Loops compiled for several kinds of processors, of which the best is chosen at the start of the
// program.
#pragma once

/// Put before a function of plain loops: an additional copy for processors with AVX2 and FMA. A
/// helper must be LF_INLINE to become part of each copy.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define LF_VECTOR_CLONES __attribute__((target_clones("arch=haswell", "arch=skylake-avx512", "default")))
#else
#define LF_VECTOR_CLONES
#endif
#define LF_INLINE inline __attribute__((always_inline))
