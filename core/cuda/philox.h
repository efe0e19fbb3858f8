// Counter-based random numbers: Philox4x32-10 (Salmon et al. 2011). Number k of a stream is a
// function of key and k alone, so every thread computes its own and a replayed graph differs only
// by the step it reads.
#pragma once

#include <math.h>

#include <cstdint>

#include "cuda/host_device.h"

namespace lf::cuda {

/// Four 32-bit words: a counter, or the random bits that belong to it.
struct PhiloxWords {
  uint32_t w[4];
};

/// The ten rounds of the cipher.
LF_HOST_DEVICE inline PhiloxWords philox(PhiloxWords c, uint64_t key) {
  auto k0 = static_cast<uint32_t>(key), k1 = static_cast<uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    const uint64_t a = uint64_t{0xD2511F53u} * c.w[0], b = uint64_t{0xCD9E8D57u} * c.w[2];
    c = {{static_cast<uint32_t>(b >> 32) ^ c.w[1] ^ k0, static_cast<uint32_t>(b),
          static_cast<uint32_t>(a >> 32) ^ c.w[3] ^ k1, static_cast<uint32_t>(a)}};
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  return c;
}

/// The bits of `item` at `step` in the stream `key`.
LF_HOST_DEVICE inline PhiloxWords random_words(uint64_t key, uint64_t step, uint64_t item) {
  return philox({{static_cast<uint32_t>(item), static_cast<uint32_t>(item >> 32), static_cast<uint32_t>(step),
                  static_cast<uint32_t>(step >> 32)}},
                key);
}

/// Uniform in [0, 1), a multiple of 2^-24.
LF_HOST_DEVICE inline float unit_uniform(uint32_t bits) {
  return static_cast<float>(bits >> 8) * (1.0f / 16777216.0f);
}

/// Two independent N(0, 1) numbers from two words (Box & Muller 1958); none is larger than 6.7.
LF_HOST_DEVICE inline void normal_pair(uint32_t a, uint32_t b, float* out) {
  const float above_zero = (static_cast<float>(a) + 1.0f) * (1.0f / 4294967296.0f);  // (0, 1]
  const float radius = sqrtf(-2.0f * logf(above_zero)), angle = 6.2831853f * unit_uniform(b);
  out[0] = radius * cosf(angle);
  out[1] = radius * sinf(angle);
}

/// Four independent N(0, 1) numbers: those of `item` at `step` in the stream `key`.
LF_HOST_DEVICE inline void normal_quad(uint64_t key, uint64_t step, uint64_t item, float* out) {
  const PhiloxWords bits = random_words(key, step, item);
  normal_pair(bits.w[0], bits.w[1], out);
  normal_pair(bits.w[2], bits.w[3], out + 2);
}

}  // namespace lf::cuda
