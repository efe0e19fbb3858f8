// Rows of `bench` that need no model of ours: the machine's yardsticks and the original system's step.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "kernels/arithmetic.h"

namespace lf {

/// One thing to time: `run` once is one measurement. What it needs is made at the first run and given back
/// with `run`.
struct BenchMeasurement {
  std::string name;
  double gflop = 0;  ///< arithmetic of one run, 0 where it means nothing
  size_t runs = 20;
  std::function<void()> run;
  double gigabytes = 0;       ///< memory traffic of one run, 0 where it means nothing
  bool reports_peak = false;  ///< the row says how much memory the process has needed
  size_t warm_up = 3;         ///< runs before the first that counts
};

/// A product of the size of a small transformer's, 1024 × 128 × 384: what this machine can do.
BenchMeasurement product_yardstick();
/// The same product in bfloat16. Without hardware for it LibTorch takes hundreds of times as long.
BenchMeasurement bfloat_yardstick();
/// The same for the largest product of the original system's step, 128 × 768 × 3072.
BenchMeasurement large_product_yardstick();
/// Reads and writes back 256 MB, more than any cache holds, half on each of two threads: an optimiser's
/// traffic, which reads and writes back weights and moments.
BenchMeasurement memory_yardstick();

/// One training step of the original system's DiT-B/2 on 32 cached random latents: draws latents, noise and
/// stratified times, path, forward, loss, backward, Adam. 73.8 GFLOP. Products in `arithmetic`. Builds
/// the net at its first run.
BenchMeasurement original_step(Arithmetic arithmetic);

/// Largest resident memory of this process so far in 2²⁰ bytes; 0 where the system does not tell.
double peak_resident_mb();

}  // namespace lf
