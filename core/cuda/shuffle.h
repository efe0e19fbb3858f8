// The order of an epoch without a list of it: a keyed permutation of 0 … n-1 that each thread
// evaluates for its own position. A Feistel network (Luby & Rackoff 1988) permutes the next power
// of four; a value beyond n continues along its cycle until it is below (Black & Rogaway 2002),
// fewer than four steps on average.
#pragma once

#include <cstdint>

#include "base/seeds.h"
#include "cuda/host_device.h"

namespace lf::cuda {

/// One pass of the network over 2·half_bits bits.
LF_HOST_DEVICE inline uint64_t feistel(uint64_t x, int half_bits, uint64_t key) {
  const uint64_t mask = (uint64_t{1} << half_bits) - 1;
  uint64_t left = x >> half_bits, right = x & mask;
  for (uint64_t round = 0; round < 6; ++round) {
    const uint64_t next = left ^ (mixed_bits(mixed_bits(key + round) ^ right) & mask);
    left = right;
    right = next;
  }
  return left << half_bits | right;
}

/// The digit at `place` (0 … count-1) of the order `key`: each of 0 … count-1 exactly once.
/// count < 2^62.
LF_HOST_DEVICE inline uint64_t shuffled(uint64_t place, uint64_t count, uint64_t key) {
  int half_bits = 1;
  while ((uint64_t{1} << (2 * half_bits)) < count) ++half_bits;
  uint64_t x = place;
  do {
    x = feistel(x, half_bits, key);
  } while (x >= count);
  return x;
}

/// The digit of sample `i` in step `step`: a new order every epoch of count / batch steps, the last
/// incomplete batch skipped.
LF_HOST_DEVICE inline uint64_t epoch_draw(uint64_t i, uint64_t step, uint64_t batch, uint64_t count,
                                          uint64_t key) {
  const uint64_t steps = count / batch, epoch = step / steps;
  return shuffled((step % steps) * batch + i, count, mixed_bits(key ^ mixed_bits(epoch)));
}

}  // namespace lf::cuda
