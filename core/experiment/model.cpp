#include "experiment/model.h"

#include <ATen/core/grad_mode.h>

#include "data/batches.h"
#include "parallel/fork_join.h"

namespace lf {
namespace {

VelocityDitConfig velocity_config(const Settings& s) {
  return {s.integer("flow.patch"), s.integer("flow.width"), s.integer("flow.blocks"), s.integer("flow.heads"),
          s.number("flow.mlp_ratio")};
}

}  // namespace

std::unique_ptr<Model> make_model(const Settings& settings) {
  auto model = std::make_unique<Model>();
  model->settings = settings;
  const auto seed = static_cast<uint64_t>(settings.integer("seed"));
  model->autoencoder = std::make_unique<Autoencoder>(autoencoder_config(settings.text("autoencoder.net")),
                                                     make_generator(seed, Purpose::AutoencoderInit), true);
  const auto config = velocity_config(settings);
  model->net = std::make_unique<VelocityDit>(config, make_generator(seed, Purpose::FlowInit), true);
  model->average = std::make_unique<VelocityDit>(config, make_generator(seed, Purpose::FlowInit), false);
  model->standardisation = {at::zeros({kLatentSize}), at::ones({kLatentSize})};
  return model;
}

VelocityField model_velocity(const Model& model, const at::Tensor& labels, double w, bool raw) {
  const VelocityDit* net = raw ? model.net.get() : model.average.get();
  const auto field = [net](at::Tensor given) -> VelocityField {
    return [net, given](const at::Tensor& x, double t) {
      return map_parts(x, [&](const at::Tensor& rows, RowRange range) {
        return net->forward(rows, at::full({range.count}, t, at::kFloat),
                            given.narrow(0, range.first, range.count));
      });
    };
  };
  return guided(field(labels), field(at::full_like(labels, kNullLabel)), w);
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
