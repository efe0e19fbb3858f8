#include "run/stages/latent_stage.h"

#include "run/latent_files.h"
#include "run/stages/held_out.h"

namespace lf::run {

LatentStage::LatentStage(const RunScene& scene)
    : scene_(scene),
      train_(*scene.model.autoencoder, scene.data.train_pixels,
             scene.model.settings.autoencoder.latent_noise),
      test_(*scene.model.autoencoder, scene.data.test_pixels, scene.model.settings.autoencoder.latent_noise) {
  if (scene.model.autoencoder->trained_here()) return;
  file_ = latents_file(*scene.model.autoencoder, scene.data.train_pixels).string();
  load_latents(file_, train_);
}

bool LatentStage::advance() {
  if (!lazy() && train_.advance()) return true;
  return test_.advance_on(at::arange(held_out(), at::kLong));
}

double LatentStage::progress() const { return lazy() ? test_.progress() : train_.progress(); }

bool LatentStage::lazy() const {
  const inference::Model& model = scene_.model;
  return !model.autoencoder->trained_here() && model.settings.autoencoder.latent_scale > 0;
}

int64_t LatentStage::held_out() const { return held_out_digits(scene_.model, test_.size()); }

training::Standardisation LatentStage::scale() const {
  const double factor = scene_.model.settings.autoencoder.latent_scale;
  if (factor == 0) return training::standardise(train_.all());
  return training::scale_by(scene_.model.own_autoencoder() ? training::unit_factor(train_.all()) : factor);
}

void LatentStage::save() const {
  if (!file_.empty()) save_latents(train_, file_);
}

}  // namespace lf::run
