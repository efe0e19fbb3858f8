#include "training/latent_cache.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "base/errors.h"
#include "data/batches.h"
#include "training/in_parts.h"

namespace lf::training {

LatentCache::LatentCache(const models::Autoencoder& autoencoder, at::Tensor pixels, double noise)
    : autoencoder_(&autoencoder), pixels_(std::move(pixels)), noise_(noise) {
  const int64_t n = pixels_.size(0);
  posteriors_ = {at::zeros({n, models::kLatentSize}, at::kFloat),
                 at::zeros({n, models::kLatentSize}, at::kFloat)};
  known_ = at::zeros({n}, at::kBool);
  learn();
}

LatentCache::LatentCache(Latents latents)
    : posteriors_(std::move(latents)),
      learned_(posteriors_),
      known_(at::ones({posteriors_.mean.size(0)}, at::kBool)),
      known_count_(posteriors_.mean.size(0)) {}

/// From all posteriors to what the flow learns of them.
void LatentCache::learn() {
  learned_ = {posteriors_.mean, noise_ == 1 ? posteriors_.deviation : posteriors_.deviation * noise_};
}

double LatentCache::progress() const {
  return size() ? static_cast<double>(known_count_) / static_cast<double>(size()) : 1.0;
}

void LatentCache::encode(const at::Tensor& indices) {
  const auto encode_rows = [this](const at::Tensor& rows, parallel::RowRange) {
    const models::Posterior q = autoencoder_->encode(data::image_batch(pixels_, rows));
    return at::cat({q.mean.flatten(1), (q.log_variance * 0.5).exp_().flatten(1)}, 1);
  };
  const at::Tensor both =
      in_parts(indices, autoencoder_->parameters(), autoencoder_->slice_digits(), encode_rows);
  const at::Tensor deviation = both.narrow(1, models::kLatentSize, models::kLatentSize);
  posteriors_.mean.index_copy_(0, indices, both.narrow(1, 0, models::kLatentSize));
  posteriors_.deviation.index_copy_(0, indices, deviation);
  if (noise_ != 1) learned_.deviation.index_copy_(0, indices, deviation * noise_);
  known_.index_fill_(0, indices, true);
  known_count_ += indices.size(0);
}

bool LatentCache::advance_on(const at::Tensor& indices) {
  at::NoGradGuard no_grad;
  if (complete()) return false;
  const at::Tensor unknown = indices.masked_select(known_.index_select(0, indices).logical_not());
  const int64_t n = std::min(unknown.size(0), autoencoder_->slice_digits());
  if (n > 0) encode(unknown.narrow(0, 0, n));
  return n < unknown.size(0);
}

bool LatentCache::advance() {
  at::NoGradGuard no_grad;
  if (complete()) return false;
  // If digits were only requested in order, the unknown ones start where the known ones end.
  const int64_t first = known_.narrow(0, 0, known_count_).all().item<bool>() ? known_count_ : 0;
  const at::Tensor rest = known_.narrow(0, first, size() - first).logical_not();
  const at::Tensor unknown = rest.nonzero().reshape({-1}).add_(first);
  encode(unknown.narrow(0, 0, std::min(unknown.size(0), autoencoder_->slice_digits())));
  return !complete();
}

Latents LatentCache::rows(const at::Tensor& indices) const {
  return {learned_.mean.index_select(0, indices), learned_.deviation.index_select(0, indices)};
}

Latents LatentCache::posteriors(const at::Tensor& indices) const {
  return {posteriors_.mean.index_select(0, indices), posteriors_.deviation.index_select(0, indices)};
}

at::Tensor LatentCache::first_known(int64_t most) const {
  const at::Tensor known = known_.nonzero().reshape({-1});
  return known.narrow(0, 0, std::min(most, known.size(0)));
}

std::map<std::string, at::Tensor> LatentCache::to_map() const {
  return {{"mean", posteriors_.mean}, {"deviation", posteriors_.deviation}, {"known", known_.to(at::kByte)}};
}

void LatentCache::load(const std::map<std::string, at::Tensor>& tensors, const std::string& file) {
  const auto has = [&](const char* name, at::ScalarType type, at::IntArrayRef shape) {
    const auto found = tensors.find(name);
    return found != tensors.end() && found->second.scalar_type() == type && found->second.sizes() == shape;
  };
  const bool fits = has("mean", at::kFloat, posteriors_.mean.sizes()) &&
                    has("deviation", at::kFloat, posteriors_.deviation.sizes()) &&
                    has("known", at::kByte, known_.sizes()) &&
                    at::isfinite(tensors.at("mean")).all().item<bool>() &&
                    at::isfinite(tensors.at("deviation")).all().item<bool>();
  if (!fits)
    throw InputError(file +
                     ": these are not the latents of this data set; delete the file, it is then made again");
  posteriors_ = {tensors.at("mean").clone(), tensors.at("deviation").clone()};
  known_ = tensors.at("known").to(at::kBool);
  known_count_ = known_.sum().item<int64_t>();
  learn();
}

}  // namespace lf::training
