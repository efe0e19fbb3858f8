// Sampling: generates digits from noise, for samples, scores and previews alike.
#pragma once

#include <ATen/ATen.h>

#include <string>

#include "base/sliced_work.h"
#include "flow/integrate.h"
#include "inference/model.h"

namespace lf::inference {

/// Options of the integration from noise to a digit.
struct SampleOptions {
  std::string solver = "midpoint";
  int64_t steps = 4;
  double guidance = 1;
};

/// Solver and steps of the settings `sampler.*`. Another `solver` gets as many function evaluations
/// as these; `nfe` > 0 instead sets the evaluations per sample. Throws InputError if no whole
/// number of steps has that NFE.
SampleOptions sample_options(const Settings& settings, const std::string& solver = "", int64_t nfe = 0,
                             double guidance = 1);

/// Options of an inversion, from a digit to its noise: `solver` ("" is rk4) with `steps` equal
/// steps (0: `usual`). Throws InputError for unknown solvers, and for steps with a solver that
/// chooses its own.
SampleOptions inverse_options(const std::string& solver, int64_t steps, int64_t usual);

/// The integration's options, both directions.
flow::IntegrateOptions integrate_options(const SampleOptions& options);

/// Samples one batch in slices.
class BatchSampler : public SlicedWork {
 public:
  /// labels (B) int64, noise (B, 4, 4, 4); `model` outlives the sampler.
  BatchSampler(const Model& model, const at::Tensor& labels, const SampleOptions& options,
               const at::Tensor& noise);
  /// One function evaluation, or some digits decoded. False when all are complete.
  bool advance() override;
  double progress() const override;
  /// uint8 (B, 784), complete once advance() returned false.
  const at::Tensor& pixels() const { return pixels_; }
  /// The trajectory so far, of standardised latents (B, 4, 4, 4).
  const flow::Trajectory& trajectory() const { return integration_.trajectory(); }

 private:
  const Model& model_;
  kernels::Arithmetic arithmetic_;
  flow::VelocityField field_;
  flow::Integration integration_;
  at::Tensor pixels_;
  int64_t decoded_ = 0;
};

/// Digits sampled at once: 250 of a small network. A large one samples sixteen, as the reference
/// system does: its solver measures its error over the whole batch.
int64_t sample_batch(const Model& model);

/// labels (B) int64 → pixels uint8 (B, 784), noise (B, 4, 4, 4).
at::Tensor sample_pixels(const Model& model, const at::Tensor& labels, const SampleOptions& options,
                         const at::Tensor& noise);

/// Labels of `count` samples starting at index `first`: `digit`, or 0…9 in turn when negative.
at::Tensor cycled_labels(int64_t first, int64_t count, int digit);

}  // namespace lf::inference
