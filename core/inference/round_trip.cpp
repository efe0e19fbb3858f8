#include "inference/round_trip.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "metrics/image_bytes.h"

namespace lf::inference {
namespace {

flow::IntegrateOptions backwards(flow::IntegrateOptions options) {
  std::swap(options.t0, options.t1);
  return options;
}

}  // namespace

at::Tensor standard_latents(const Model& model, const at::Tensor& pixels) {
  const at::NoGradGuard no_grad;
  const at::Tensor raw =
      model.autoencoder->encode(metrics::to_unit(pixels)).mean.reshape({-1, models::kLatentSize});
  return model.standardisation.to_standard(raw).view(
      {-1, models::kLatentChannels, models::kLatentSide, models::kLatentSide});
}

flow::VelocityField digit_velocity(const Model& model, int label, bool raw_weights) {
  const bool told = model.net->labelled() && label >= 0;
  return model_velocity(model, at::full({1}, std::max(0, label), at::kLong),
                        told || !model.net->labelled() ? 1 : 0, raw_weights);
}

RoundTrip::RoundTrip(flow::VelocityField field, at::Tensor latents, const SampleOptions& options)
    : field_(std::move(field)),
      latents_(std::move(latents)),
      options_(integrate_options(options)),
      there_(latents_, backwards(options_)) {}

bool RoundTrip::advance() {
  const at::NoGradGuard no_grad;
  flow::Integration& way = back_ ? *back_ : there_;
  way.supply(field_(way.wanted_x(), way.wanted_t()));
  if (!way.done()) return true;
  if (back_) return false;
  back_.emplace(noise(), options_);
  return true;
}

double RoundTrip::progress() const { return back_ ? (1 + back().t.back()) / 2 : (1 - there().t.back()) / 2; }

ClassEdit::ClassEdit(const Model& model, const at::Tensor& noise, const std::vector<int64_t>& classes,
                     const SampleOptions& options, bool raw_weights)
    : field_(model_velocity(model, at::tensor(classes, at::kLong), options.guidance, raw_weights)),
      way_(noise.repeat({static_cast<int64_t>(classes.size()), 1, 1, 1}), integrate_options(options)) {}

bool ClassEdit::advance() {
  const at::NoGradGuard no_grad;
  way_.supply(field_(way_.wanted_x(), way_.wanted_t()));
  return !way_.done();
}

double RoundTrip::error() const {
  return std::sqrt((back().x.back() - latents_).to(at::kDouble).square().mean().item<double>());
}

}  // namespace lf::inference
