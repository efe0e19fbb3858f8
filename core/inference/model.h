// A whole model: autoencoder, velocity network with its average, and the scale of the latents between them.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <memory>
#include <string>

#include "config/settings.h"
#include "flow/guidance.h"
#include "kernels/bfloat/packed_weight.h"
#include "models/conv_autoencoder.h"
#include "models/velocity_net.h"
#include "training/latents.h"

namespace lf {

struct Safetensors;

/// The networks of one run. Tensors never leave the worker.
struct Model {
  Settings settings;  ///< what it was built with
  std::shared_ptr<Autoencoder> autoencoder;
  std::shared_ptr<VelocityNet> net;      ///< being trained
  std::shared_ptr<VelocityNet> average;  ///< what samples are drawn with: its average, or the net itself
  Standardisation standardisation;       ///< identity until the latents are known
  int64_t autoencoder_steps = 0, flow_steps = 0;
  std::string data_name, data_digest;
  std::map<std::string, std::string> facts;  ///< further metadata kept with the file (metrics)
  std::vector<std::string> notes;            ///< how weights of others were read, for the log of a new run

  /// The autoencoder as the one that is trained here; null where its weights came from a file.
  ConvAutoencoder* own_autoencoder() const;
  bool averages() const { return average != net; }
};

/// A fresh, untrained model; every weight follows from the setting `seed`, those of an autoencoder from a
/// file from the file. Throws InputError for settings and files that cannot be used.
std::unique_ptr<Model> make_model(const Settings& settings);

/// Moves the networks to a device on which they are trained.
void move_model(Model& model, at::Device device);

/// Which autoencoder it has, in a few words: our own, one that stands in for the reference's, or a file's.
std::string autoencoder_words(const Model& model);

/// `from` as it is now, in `into`: a copy that training does not change. Memory of an earlier copy is used
/// again.
void freeze(const Model& from, std::unique_ptr<Model>& into);

/// Refuses a guidance other than 1 and a wish for one digit where the net knows no labels. Throws InputError
/// that begins with `what`.
void require_labels(const Model& model, double guidance, int digit, const std::string& what);

/// Velocity of the averaged (or raw) network for `labels` (B) int64 with guidance `w`, averaged weights
/// unless `raw`. Ask anew after every change of the weights: our own net's are copied into the field. The
/// model outlives it. In BFloat16 our own net rounds what its blocks multiply: velocities
/// then differ by half a percent.
VelocityField model_velocity(const Model& model, const at::Tensor& labels, double w, bool raw = false,
                             Arithmetic arithmetic = Arithmetic::Float32);

/// Standardised latents (B, 4, 4, 4) or (B, 64) → pixels uint8 (B, 784); an autoencoder of our own
/// multiplies in `arithmetic`.
at::Tensor decode_pixels(const Model& model, const at::Tensor& standard,
                         Arithmetic arithmetic = Arithmetic::Float32);

/// Pixels uint8 (B, 784) → reconstructions through the posterior mean, float32 (B, 784) in [0, 1].
at::Tensor reconstruct_pixels(const Model& model, const at::Tensor& pixels);

/// What a model file holds; tensors are borrowed, so write it before the model changes.
Safetensors model_file(const Model& model);

/// The model in what was read of a file, which may hold more. Throws InputError naming `path`, as load_model
/// does.
std::unique_ptr<Model> model_of(const std::map<std::string, std::string>& metadata,
                                const std::map<std::string, at::Tensor>& tensors, const std::string& path);

/// Writes a model file (safetensors with JSON metadata). Throws RunError.
void save_model(const Model& model, const std::string& path);

/// Reads one. Throws InputError (one line) for headers, shapes or numbers that cannot be right.
std::unique_ptr<Model> load_model(const std::string& path);

}  // namespace lf
