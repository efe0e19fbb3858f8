// Vectors of float32 for loops whose every step is written out: the compiler turns them into instructions of
// the processor that a function is compiled for, or into several of a smaller one.
#pragma once

#include <cstdint>

#include "kernels/vector_clones.h"

namespace lf {

template <int64_t kLanes>
struct Lanes {
  typedef float floats __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));
  typedef uint32_t bits __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));
};

/// kLanes numbers in memory, seen as a vector.
template <int64_t kLanes>
LF_INLINE typename Lanes<kLanes>::floats& lanes_at(float* numbers) {
  return *reinterpret_cast<typename Lanes<kLanes>::floats*>(numbers);
}
template <int64_t kLanes>
LF_INLINE const typename Lanes<kLanes>::floats& lanes_at(const float* numbers) {
  return *reinterpret_cast<const typename Lanes<kLanes>::floats*>(numbers);
}

}  // namespace lf

// A function over a template of the number of lanes, once for each kind of processor: as LF_VECTOR_CLONES,
// but each with vectors of its own size. `run` is the template; `parameters` and `arguments` stand in
// parentheses. Only the file that defines it calls the right one: put it into an unnamed namespace.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define LF_FOR_EVERY_WIDTH(type, name, run, parameters, arguments)                      \
  __attribute__((target("avx512f"))) type name parameters { return run<16> arguments; } \
  __attribute__((target("avx2,fma"))) type name parameters { return run<8> arguments; } \
  __attribute__((target("default"))) type name parameters { return run<4> arguments; }
#else
#define LF_FOR_EVERY_WIDTH(type, name, run, parameters, arguments) \
  type name parameters { return run<4> arguments; }
#endif
