// Vectors of float32 for explicit loops: the compiler maps them to the instructions of the
// processor that a function is compiled for, or to several instructions of a smaller one.
#pragma once

#include <cstdint>

#include "kernels/vector_clones.h"

namespace lf::kernels {

template <int64_t kLanes>
struct Lanes {
  typedef float floats __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));
  typedef uint32_t bits __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));
};

/// kLanes numbers in memory, as a vector.
template <int64_t kLanes>
LF_INLINE typename Lanes<kLanes>::floats& lanes_at(float* numbers) {
  return *reinterpret_cast<typename Lanes<kLanes>::floats*>(numbers);
}
template <int64_t kLanes>
LF_INLINE const typename Lanes<kLanes>::floats& lanes_at(const float* numbers) {
  return *reinterpret_cast<const typename Lanes<kLanes>::floats*>(numbers);
}

}  // namespace lf::kernels

// A function over a template of the number of lanes, once for each kind of processor: like
// LF_VECTOR_CLONES, but each with its own vector size. `run` is the template; `parameters` and
// `arguments` are in parentheses. Only the defining file calls the right one: put it into an
// unnamed namespace.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define LF_FOR_EVERY_WIDTH(type, name, run, parameters, arguments)                      \
  __attribute__((target("avx512f"))) type name parameters { return run<16> arguments; } \
  __attribute__((target("avx2,fma"))) type name parameters { return run<8> arguments; } \
  __attribute__((target("default"))) type name parameters { return run<4> arguments; }
#else
#define LF_FOR_EVERY_WIDTH(type, name, run, parameters, arguments) \
  type name parameters { return run<4> arguments; }
#endif
