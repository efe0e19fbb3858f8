// The seeds of all random numbers, except those of the built-in digits (data/stroke_random.h).
// Counter-based: the generator of "noise of step 812" is a pure function of the run's seed, the
// purpose and the counter. So a preview never changes training, and a resumed run gets the same
// numbers as an uninterrupted one.
#pragma once

#include <cstdint>

namespace lf {

/// One stream of random numbers per purpose.
enum class Purpose : uint64_t {
  AutoencoderInit = 1,
  AutoencoderOrder,
  AutoencoderNoise,
  FlowInit,
  FlowOrder,
  FlowNoise,
  FlowTime,
  FlowLabelDrop,
  HeldOut,
  Preview,
  Sample,
  LiveScore,
  Evaluation,
  Judge,
  Map,
  ReflowPairs
};

/// The finaliser of SplitMix64 (Steele et al. 2014): every bit of the result depends on every bit
/// of x. Also for device code, which may call constexpr functions.
constexpr uint64_t mixed_bits(uint64_t x) {
  x += 0x9E3779B97F4A7C15ull;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

/// A well-mixed 63-bit seed for the `counter`-th use of `purpose`.
inline uint64_t derived_seed(uint64_t seed, Purpose purpose, uint64_t counter = 0) {
  return mixed_bits(mixed_bits(mixed_bits(seed) ^ static_cast<uint64_t>(purpose)) ^ counter) >> 1;
}

}  // namespace lf
