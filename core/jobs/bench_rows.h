// Rows of `bench` that need no model of ours: rates of the machine, and the original system's step.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "kernels/arithmetic.h"

namespace lf::jobs {

/// One row to time: one call of `run` is one measurement. Its memory is allocated at the first call
/// and released with `run`.
struct BenchMeasurement {
  std::string name;
  double gflop = 0;  ///< arithmetic of one run, 0 if meaningless
  size_t runs = 20;
  std::function<void()> run;
  double gigabytes = 0;       ///< memory traffic of one run, 0 if meaningless
  bool reports_peak = false;  ///< the row reports the memory that the process has needed
  size_t warm_up = 3;         ///< runs before the first measured one
};

/// A product of the size of a small transformer's, 1024 × 128 × 384: this machine's rate.
BenchMeasurement product_yardstick();
/// The same product in bfloat16. Without hardware for it LibTorch takes hundreds of times as long.
BenchMeasurement bfloat_yardstick();
/// The same for the largest product of the original system's step, 128 × 768 × 3072.
BenchMeasurement large_product_yardstick();
/// Reads and writes back 256 MB, more than any cache holds, half on each of two threads: the
/// traffic of an optimiser, which reads and writes back weights and moments.
BenchMeasurement memory_yardstick();

/// One training step of the original system's DiT-B/2 on 32 cached random latents: samples latents,
/// noise and stratified times, path, forward, loss, backward, Adam. 73.8 GFLOP. Products in
/// `arithmetic`. Builds the network at its first run.
BenchMeasurement original_step(kernels::Arithmetic arithmetic);

/// Largest resident memory of this process so far in 2²⁰ bytes; 0 if the system does not report it.
double peak_resident_mb();

}  // namespace lf::jobs
