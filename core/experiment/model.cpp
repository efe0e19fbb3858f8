#include "experiment/model.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <filesystem>

#include "data/batches.h"
#include "messages/errors.h"
#include "models/rgb_autoencoder.h"
#include "models/weights_file.h"
#include "parallel/fork_join.h"
#include "training/flow_step.h"

namespace lf {
namespace {

/// Below so many digits a slice the net is so large that every thread should work on the same weights.
constexpr int64_t kHalvesFrom = 64;

std::shared_ptr<Autoencoder> load_rgb_autoencoder(const std::string& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error))
    throw InputError("the setting autoencoder names " + file +
                     ", which is not there; name another file, or empty the setting to train our own");
  const Weights weights = read_weights(file);
  if (weights_kind(weights) != WeightsKind::KlAutoencoder)
    throw InputError(file +
                     ": it holds no AutoencoderKL (it has no encoder.conv_in.weight); give the weights of "
                     "one, such as sd-vae-ft-ema, as .safetensors");
  return std::make_shared<RgbAutoencoder>(load_kl_autoencoder(weights), file);
}

std::shared_ptr<Autoencoder> make_autoencoder(const Settings& settings) {
  const std::string& file = settings.text("autoencoder");
  if (!file.empty()) return load_rgb_autoencoder(file);
  const auto seed = static_cast<uint64_t>(settings.integer("seed"));
  return std::make_shared<ConvAutoencoder>(conv_autoencoder_config(settings.text("autoencoder.net")),
                                           make_generator(seed, Purpose::AutoencoderInit), true);
}

/// A net of another kind or size, or another autoencoder, needs memory of its own.
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

ConvAutoencoder* Model::own_autoencoder() const { return dynamic_cast<ConvAutoencoder*>(autoencoder.get()); }

std::unique_ptr<Model> make_model(const Settings& settings) {
  auto model = std::make_unique<Model>();
  model->settings = settings;
  model->autoencoder = make_autoencoder(settings);
  const auto seed = static_cast<uint64_t>(settings.integer("seed"));
  model->net =
      make_velocity_net(settings, make_generator(seed, Purpose::FlowInit), !trains_in_place(settings));
  model->average = settings.on("flow.ema") ? model->net->copy() : model->net;
  model->standardisation = {at::zeros({kLatentSize}), at::ones({kLatentSize})};
  return model;
}

std::string autoencoder_words(const Model& model) {
  const std::string& file = model.settings.text("autoencoder");
  if (!file.empty()) return "AutoencoderKL from " + std::filesystem::path(file).filename().string();
  const bool stand_in = model.settings.text("flow.net") == "dit";
  return stand_in ? "our own, standing in for Stable Diffusion's" : "our own";
}

void freeze(const Model& from, std::unique_ptr<Model>& into) {
  if (!into || !same_networks(into->settings, from.settings)) {
    into.reset();  // a large net is never held three times
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
}

void require_labels(const Model& model, double guidance, int digit, const std::string& what) {
  if (model.net->labelled() || (guidance == 1 && digit < 0)) return;
  throw InputError(what + ": this model was trained without labels, so it cannot " +
                   (digit >= 0 ? "be asked for one digit; leave the digit out"
                               : "be guided towards one; leave the guidance at 1"));
}

VelocityField model_velocity(const Model& model, const at::Tensor& labels, double w, bool raw) {
  const VelocityNet* net = raw ? model.net.get() : model.average.get();
  const auto field = [net](at::Tensor given) -> VelocityField {
    return [net, given](const at::Tensor& x, double t) {
      const auto rows = [&](const at::Tensor& part, RowRange range) {
        return net->forward(part, at::full({range.count}, t, at::kFloat),
                            given.narrow(0, range.first, range.count));
      };
      if (net->slice_digits() >= kHalvesFrom) return map_parts(x, rows);
      at::NoGradGuard no_grad;
      return rows(x, {0, x.size(0)});
    };
  };
  // A net without labels has one field: guidance has nothing to pull apart.
  return net->labelled() ? guided(field(labels), field(at::full_like(labels, kNullLabel)), w) : field(labels);
}

at::Tensor decode_pixels(const Model& model, const at::Tensor& standard) {
  at::NoGradGuard no_grad;
  const at::Tensor raw = model.standardisation.to_raw(standard.reshape({-1, kLatentSize}));
  return to_pixels(model.autoencoder->decode(raw.view({-1, kLatentChannels, kLatentSide, kLatentSide})));
}

at::Tensor reconstruct_pixels(const Model& model, const at::Tensor& pixels) {
  at::NoGradGuard no_grad;
  const at::Tensor images = pixels.to(at::kFloat).mul_(1.0 / 255).view({-1, 1, 28, 28});
  return model.autoencoder->decode(model.autoencoder->encode(images).mean).reshape({-1, 784});
}

}  // namespace lf
