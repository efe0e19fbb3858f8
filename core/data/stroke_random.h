// The random numbers of the built-in digits. All others come from the seeds of base/seeds.h; these
// depend on no library, because the data set must have the same bytes everywhere.
#pragma once
#include <cstdint>

namespace lf::data {

/// A counter-based random stream: number k of stream (seed, purpose, item) is a fixed function of these four,
/// the same on every machine and standard library. The mixing function is the finaliser of SplitMix64
/// (Steele, Lea, Flood 2014).
class StrokeRandom {
 public:
  StrokeRandom(uint64_t seed, uint64_t purpose, uint64_t item) : key_(mix(mix(mix(seed) + purpose) + item)) {}

  /// The next 64 random bits.
  uint64_t bits() { return mix(key_ + 0x9e3779b97f4a7c15ull * ++counter_); }
  /// Uniform in [0, 1).
  double uniform() { return double(bits() >> 11) * 0x1p-53; }
  /// Uniform in [low, high).
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Approximately normal with mean 0 and standard deviation 1 (a sum of six uniforms, so within
  /// ±4.25). It needs no logarithm, whose last digit differs between mathematical libraries.
  double bell() {
    double sum = -3;
    for (int i = 0; i < 6; ++i) sum += uniform();
    return sum * 1.4142135623730951;
  }
  /// One of 0 … n-1.
  int choice(int n) { return int(uniform() * n); }

 private:
  static uint64_t mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  uint64_t key_, counter_ = 0;
};

}  // namespace lf::data
