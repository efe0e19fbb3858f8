#include "inference/model.h"

#include <algorithm>
#include <filesystem>

#include "base/errors.h"
#include "base/image_shape.h"
#include "base/paths.h"
#include "data/batches.h"
#include "data/generator.h"
#include "models/rgb_autoencoder.h"
#include "models/weights/file.h"
#include "training/flow/step.h"
#include "training/in_parts.h"

namespace lf::inference {
namespace {

/// The averaged weights of a file with both kinds, unless the setting preview.weights says raw.
std::shared_ptr<models::Autoencoder> load_rgb_autoencoder(const std::string& file, bool raw,
                                                          std::vector<std::string>& notes) {
  if (!path_exists(file))
    throw InputError("the setting autoencoder names " + file +
                     ", which does not exist; name another file, or clear the setting to train an "
                     "autoencoder");
  const models::Weights weights = models::read_weights(file, models::WeightsKind::KlAutoencoder, raw);
  notes = weights.notes;
  return std::make_shared<models::RgbAutoencoder>(models::load_kl_autoencoder(weights), file);
}

std::shared_ptr<models::Autoencoder> make_autoencoder(const Settings& settings,
                                                      std::vector<std::string>& notes) {
  const std::string& file = settings.autoencoder.file;
  if (!file.empty()) return load_rgb_autoencoder(file, settings.preview.weights == "raw", notes);
  const auto seed = static_cast<uint64_t>(settings.general.seed);
  return std::make_shared<models::ConvAutoencoder>(models::conv_autoencoder_config(settings.autoencoder.net),
                                                   data::make_generator(seed, Purpose::AutoencoderInit),
                                                   true);
}

/// A network of another kind or size, or another autoencoder, needs new memory.
bool same_networks(const Settings& a, const Settings& b) {
  return std::all_of(setting_table().begin(), setting_table().end(), [&](const SettingInfo& info) {
    return info.live || a.text(info.key) == b.text(info.key);
  });
}

std::unique_ptr<Model> copy_networks(const Model& from) {
  auto model = std::make_unique<Model>();
  model->autoencoder = from.autoencoder->copy();
  model->net = from.net->copy();
  model->average = from.averages() ? from.average->copy() : model->net;
  return model;
}

}  // namespace

models::ConvAutoencoder* Model::own_autoencoder() const {
  return dynamic_cast<models::ConvAutoencoder*>(autoencoder.get());
}

std::unique_ptr<Model> make_model(const Settings& settings) {
  auto model = std::make_unique<Model>();
  model->settings = settings;
  model->autoencoder = make_autoencoder(settings, model->notes);
  const auto seed = static_cast<uint64_t>(settings.general.seed);
  model->net = models::make_velocity_net(settings, data::make_generator(seed, Purpose::FlowInit),
                                         !training::trains_in_place(settings));
  model->average = settings.flow.ema ? model->net->copy() : model->net;
  model->standardisation = {at::zeros({models::kLatentSize}), at::ones({models::kLatentSize})};
  return model;
}

void move_model(Model& model, at::Device device) {
  model.autoencoder->move_to(device);
  model.net->move_to(device, /*trainable=*/true);
  if (model.averages()) model.average->move_to(device, /*trainable=*/false);
}

std::string autoencoder_words(const Model& model) {
  const std::string& file = model.settings.autoencoder.file;
  const std::filesystem::path path(file);
  const auto name = path.has_filename() ? path.filename() : path.parent_path().filename();  // of a folder
  if (!file.empty()) return "AutoencoderKL from " + name.string();
  const bool stand_in = model.settings.flow.net == "dit";
  return stand_in ? "our own, in place of Stable Diffusion's" : "our own";
}

void freeze(const Model& from, std::unique_ptr<Model>& into) {
  const auto device = [](const Model& model) { return model.net->parameters().device(); };
  if (!into || !same_networks(into->settings, from.settings) || device(*into) != device(from)) {
    into.reset();  // a large network is never held three times
    into = copy_networks(from);
  } else {
    if (from.autoencoder->trained_here()) {
      into->autoencoder->parameters().copy_from(from.autoencoder->parameters());
    } else {
      into->autoencoder = from.autoencoder;
    }
    into->net->parameters().copy_from(from.net->parameters());
    if (from.averages()) into->average->parameters().copy_from(from.average->parameters());
  }
  into->settings = from.settings;
  into->standardisation = {from.standardisation.shift.clone(), from.standardisation.scale.clone()};
  into->autoencoder_steps = from.autoencoder_steps;
  into->flow_steps = from.flow_steps;
  into->facts = from.facts;
}

std::unique_ptr<Model> frozen_copy(const Model& model) {
  std::unique_ptr<Model> copy;
  freeze(model, copy);
  return copy;
}

void require_labels(const Model& model, double guidance, int digit, const std::string& what) {
  if (model.net->labelled() || (guidance == 1 && digit < 0)) return;
  throw InputError(
      what + ": this model was trained without labels, so it cannot " +
      (digit >= 0 ? "generate a chosen digit; leave the digit out" : "be guided; leave the guidance at 1"));
}

at::Tensor decode_pixels(const Model& model, const at::Tensor& standard, kernels::Arithmetic arithmetic) {
  const models::ConvAutoencoder* own = model.own_autoencoder();
  const auto decode = [&](const at::Tensor& rows, parallel::RowRange range) {
    const at::Tensor raw =
        model.standardisation.to_raw(rows.reshape({-1, models::kLatentSize}))
            .view({range.count, models::kLatentChannels, models::kLatentSide, models::kLatentSide});
    return data::to_pixels(own ? own->decode(raw, arithmetic) : model.autoencoder->decode(raw));
  };
  return training::in_parts(standard, model.autoencoder->parameters(), model.autoencoder->slice_digits(),
                            decode);
}

at::Tensor reconstruct_pixels(const Model& model, const at::Tensor& pixels) {
  return training::in_parts(
      pixels, model.autoencoder->parameters(), model.autoencoder->slice_digits(),
      [&](const at::Tensor& rows, parallel::RowRange) {
        const at::Tensor images = rows.to(at::kFloat).mul_(1.0 / 255).view({-1, 1, kDigitSide, kDigitSide});
        return model.autoencoder->decode(model.autoencoder->encode(images).mean).reshape({-1, kDigitPixels});
      });
}

}  // namespace lf::inference
