#include "inference/latent_likelihood.h"

#include "base/seeds.h"
#include "models/autoencoder.h"

namespace lf::inference {
namespace {

constexpr int64_t kDirections = 16;  ///< of the exact trace, computed in one call

at::Tensor as_points(const at::Tensor& latents) {
  return latents.reshape(
      {latents.size(0), models::kLatentChannels, models::kLatentSide, models::kLatentSide});
}

flow::VelocityField field_of(const Model& model, const at::Tensor& labels, const LatentDensity& density) {
  const double w = density.labelled || !model.net->labelled() ? 1 : 0;
  return model_velocity(model, labels, w, density.raw_weights);
}

/// No two passes over a digit and no two seeds share their probes.
uint64_t probe_seed(uint64_t seed, int64_t first, int64_t pass) {
  const uint64_t block = mixed_bits(mixed_bits(seed) ^ static_cast<uint64_t>(first));
  return mixed_bits(block ^ static_cast<uint64_t>(pass)) >> 1;
}

}  // namespace

flow::LikelihoodRun estimated_likelihood(const Model& model, const at::Tensor& latents,
                                         const at::Tensor& labels, const LatentDensity& density,
                                         int64_t first, int64_t pass) {
  const flow::Divergence divergence =
      flow::hutchinson_divergence(flow::central_difference(field_of(model, labels, density)), kPassProbes,
                                  probe_seed(density.seed, first, pass));
  return flow::LikelihoodRun(as_points(latents), field_of(model, labels, density), divergence,
                             density.solver);
}

flow::LikelihoodRun exact_likelihood(const Model& model, const at::Tensor& latents, const at::Tensor& labels,
                                     const LatentDensity& density) {
  const flow::Divergence divergence = flow::exact_divergence(
      flow::central_difference(field_of(model, labels.repeat({kDirections}), density)), kDirections);
  return flow::LikelihoodRun(as_points(latents), field_of(model, labels, density), divergence,
                             density.solver);
}

void MeanLikelihood::add(const flow::LogLikelihood& pass) {
  const at::Tensor variance = pass.standard_error.square();
  nats_ = passes_ == 0 ? pass.nats : nats_ + pass.nats;
  variance_ = passes_ == 0 ? variance : variance_ + variance;
  ++passes_;
}

at::Tensor MeanLikelihood::nats() const { return nats_ / static_cast<double>(passes_); }

at::Tensor MeanLikelihood::bits() const { return flow::bits_per_dimension(nats(), models::kLatentSize); }

at::Tensor MeanLikelihood::error() const {
  return -flow::bits_per_dimension(variance_.sqrt() / static_cast<double>(passes_), models::kLatentSize);
}

}  // namespace lf::inference
