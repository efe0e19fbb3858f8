// The noise of a seed: the same numbers as the program's (core/base/seeds.h, core/inference/noise.h).
"use strict";

const LATENT_SIZE = 64;
const SAMPLE_PURPOSE = 11n; // Purpose::Sample of core/base/seeds.h
const MASK_64 = (1n << 64n) - 1n;

/** The finaliser of SplitMix64 (Steele et al. 2014). */
function mixedBits(x) {
  x = (x + 0x9e3779b97f4a7c15n) & MASK_64;
  x = ((x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK_64;
  x = ((x ^ (x >> 27n)) * 0x94d049bb133111ebn) & MASK_64;
  return x ^ (x >> 31n);
}

/** A well-mixed 63-bit seed; `seed` is a BigInt of 64 bits. */
function derivedSeed(seed, purpose, counter) {
  return mixedBits(mixedBits(mixedBits(seed) ^ purpose) ^ counter) >> 1n;
}

/** The Mersenne Twister MT19937 (Matsumoto & Nishimura 1998), seeded with the lower 32 bits. */
class MersenneTwister {
  constructor(seed) {
    this.state = new Uint32Array(624);
    this.state[0] = Number(seed & 0xffffffffn);
    for (let i = 1; i < 624; ++i) {
      const before = this.state[i - 1] ^ (this.state[i - 1] >>> 30);
      this.state[i] = Math.imul(1812433253, before) + i;
    }
    this.next = 624;
  }

  refill() {
    const s = this.state;
    for (let i = 0; i < 624; ++i) {
      const y = (s[i] & 0x80000000) | (s[(i + 1) % 624] & 0x7fffffff);
      s[i] = s[(i + 397) % 624] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.next = 0;
  }

  /** 32 random bits. */
  bits() {
    if (this.next === 624) this.refill();
    let y = this.state[this.next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }
}

/**
 * Standard normal numbers (Box & Muller 1958) in the order of LibTorch: sixteen uniform numbers of 24 bits
 * give eight cosines, then eight sines. `count` is a multiple of 16.
 */
function normalNumbers(generator, count) {
  const values = new Float32Array(count);
  for (let i = 0; i < count; ++i) values[i] = (generator.bits() & 0xffffff) / 0x1000000;
  for (let first = 0; first < count; first += 16) {
    for (let j = first; j < first + 8; ++j) {
      const radius = Math.sqrt(-2 * Math.log(1 - values[j]));
      const angle = 2 * Math.PI * values[j + 8];
      values[j] = radius * Math.cos(angle);
      values[j + 8] = radius * Math.sin(angle);
    }
  }
  return values;
}

/** The noise of `count` digits, (count, 64), as `latentflow sample --seed` uses for its first digits. */
function sampleNoise(seed, count) {
  return normalNumbers(new MersenneTwister(derivedSeed(BigInt(seed), SAMPLE_PURPOSE, 0n)), count * LATENT_SIZE);
}
