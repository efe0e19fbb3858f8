// Likelihood of latents under a model's flow: Hutchinson's estimate in passes of a few probes, or
// the exact trace.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>

#include "flow/likelihood.h"
#include "inference/model.h"

namespace lf::inference {

/// Digits measured at once: by the estimate, and exactly, which needs 128 times as many velocities.
/// The probes of a digit follow from its position in such a batch.
constexpr int64_t kEstimatedAtOnce = 40, kExactAtOnce = 4;
/// Probes of one pass of the estimate.
constexpr int64_t kPassProbes = 2;
/// Steps of rk4; RMS difference 0.0007 bit from forty steps with the bundled model.
constexpr int kLikelihoodSteps = 8;

/// The density to compute, and its options.
struct LatentDensity {
  bool labelled = true;  ///< p(z | its label); false, and for an unconditional network: p(z)
  bool raw_weights = false;
  uint64_t seed = 1;  ///< of the probes
  flow::LikelihoodOptions solver = {"rk4", kLikelihoodSteps};
};

/// Pass number `pass` (0, 1, …) of kPassProbes new probes. latents: (B, 64) standardised; labels:
/// (B) int64; `first`: index of the first of them in its data set. Seed, pass and first determine
/// the probes. The model outlives the run.
flow::LikelihoodRun estimated_likelihood(const Model& model, const at::Tensor& latents,
                                         const at::Tensor& labels, const LatentDensity& density,
                                         int64_t first, int64_t pass);

/// The same without an error, by the trace of the Jacobian.
flow::LikelihoodRun exact_likelihood(const Model& model, const at::Tensor& latents, const at::Tensor& labels,
                                     const LatentDensity& density);

/// The mean of several passes over the same latents.
class MeanLikelihood {
 public:
  void add(const flow::LogLikelihood& pass);
  int64_t passes() const { return passes_; }
  /// (B) float64, mean of the passes; only after the first pass.
  at::Tensor nats() const;
  /// (B) float64, bits per dimension of the 64.
  at::Tensor bits() const;
  /// (B) float64, standard error of bits() by the probes; 0 for the exact trace.
  at::Tensor error() const;

 private:
  int64_t passes_ = 0;
  at::Tensor nats_, variance_;  // (B) sums over the passes
};

}  // namespace lf::inference
