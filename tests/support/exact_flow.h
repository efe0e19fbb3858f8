// Shorthands of tests about exact fields and likelihoods.
#pragma once

#include <utility>

#include "flow/exact_field.h"
#include "flow/likelihood.h"

namespace lf {

/// The field as a function for the solvers; shares its data.
inline flow::VelocityField as_velocity(const flow::ExactField& field) {
  return [field](const at::Tensor& x, double t) { return field.velocity(x, t); };
}

/// Runs a `LikelihoodRun` to its end.
inline flow::LogLikelihood log_likelihood(const at::Tensor& latents, flow::VelocityField field,
                                          flow::Divergence divergence,
                                          const flow::LikelihoodOptions& options = {}) {
  flow::LikelihoodRun run(latents, std::move(field), std::move(divergence), options);
  complete(run);
  return run.result();
}

}  // namespace lf
