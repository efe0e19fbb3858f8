#include "lab/latent_store.h"

#include "base/errors.h"

namespace lf::lab {

void LatentStore::set_data(const data::DataTensors* data) {
  if (data == data_) return;
  data_ = data;
  train_ = {};
  test_ = {};
}

void LatentStore::follow(const inference::Model& model, uint64_t version) {
  if (version != version_) {
    train_ = {};
    test_ = {};
  }
  model_ = &model;
  version_ = version;
}

void LatentStore::require(const std::string& what) const {
  if (!data_)
    throw InputError(what +
                     " needs the digits that the model was trained on, and they are not available; open "
                     "that data set");
}

LatentStore::Split& LatentStore::prepared(Split& split, const at::Tensor& pixels, const at::Tensor& labels,
                                          const training::Latents& offered) {
  if (split.cache) return split;
  const bool fits = offered.mean.defined() && offered.mean.size(0) == pixels.size(0);
  split.pixels = pixels;
  split.labels = labels;
  split.cache = fits ? std::make_unique<training::LatentCache>(offered)
                     : std::make_unique<training::LatentCache>(*model_->autoencoder, pixels,
                                                               model_->settings.autoencoder.latent_noise);
  return split;
}

LatentStore::Split& LatentStore::train() {
  return prepared(train_, data_->train_pixels, data_->train_labels, offered_);
}

LatentStore::Split& LatentStore::test() {
  return prepared(test_, data_->test_pixels, data_->test_labels, {});
}

at::Tensor LatentStore::standard_means(const Split& split) const {
  return model_->standardisation.to_standard(split.cache->all().mean.narrow(0, 0, split.known()));
}

at::Tensor LatentStore::standard_deviations(const Split& split) const {
  return split.cache->all().deviation.narrow(0, 0, split.known()) / model_->standardisation.scale;
}

}  // namespace lf::lab
