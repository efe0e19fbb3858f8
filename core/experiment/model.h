// A whole model: autoencoder, velocity network with its average, and the scale of the latents between them.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <memory>
#include <string>

#include "flow/guidance.h"
#include "messages/settings.h"
#include "models/autoencoder.h"
#include "models/velocity_dit.h"
#include "training/latents.h"

namespace lf {

/// The networks of one run. Tensors never leave the worker.
struct Model {
  Settings settings;  ///< what it was built with
  std::unique_ptr<Autoencoder> autoencoder;
  std::unique_ptr<VelocityDit> net;      ///< being trained
  std::unique_ptr<VelocityDit> average;  ///< its power-function average: what samples are drawn with
  Standardisation standardisation;       ///< identity until the latents are known
  int64_t autoencoder_steps = 0, flow_steps = 0;
  std::string data_name, data_digest;
  std::map<std::string, std::string> facts;  ///< further metadata kept with the file (metrics)
};

/// A fresh, untrained model; every weight follows from the setting `seed`.
std::unique_ptr<Model> make_model(const Settings& settings);

/// Velocity of the averaged (or raw) network for `labels` (B) int64 with guidance `w`, averaged weights
/// unless `raw`.
VelocityField model_velocity(const Model& model, const at::Tensor& labels, double w, bool raw = false);

/// Standardised latents (B, 4, 4, 4) → pixels uint8 (B, 784).
at::Tensor decode_pixels(const Model& model, const at::Tensor& standard);

/// Pixels uint8 (B, 784) → reconstructions through the posterior mean, float32 (B, 784) in [0, 1].
at::Tensor reconstruct_pixels(const Model& model, const at::Tensor& pixels);

/// Writes a model file (safetensors with JSON metadata). Throws RunError.
void save_model(const Model& model, const std::string& path);

/// Reads one. Throws InputError (one line) for headers, shapes or numbers that cannot be right.
std::unique_ptr<Model> load_model(const std::string& path);

}  // namespace lf
