// A whole model: autoencoder, velocity network with its average, and the standardisation of the
// latents between them.
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

namespace lf::files {
struct Safetensors;
}
namespace lf::inference {

/// The networks of one run. Tensors never leave the worker.
struct Model {
  Settings settings;  ///< with which it was built
  std::shared_ptr<models::Autoencoder> autoencoder;
  std::shared_ptr<models::VelocityNet> net;      ///< the network in training
  std::shared_ptr<models::VelocityNet> average;  ///< used for sampling: the average, or the network itself
  training::Standardisation standardisation;     ///< identity until the latents are known
  int64_t autoencoder_steps = 0, flow_steps = 0;
  std::string data_name, data_digest;
  std::map<std::string, std::string> facts;  ///< further metadata kept with the file (metrics)
  std::vector<std::string> notes;            ///< notes on how foreign weights were read, for the log of a new
                                             ///< run

  /// The autoencoder if it is trained here; null if its weights come from a file.
  models::ConvAutoencoder* own_autoencoder() const;
  bool averages() const { return average != net; }
};

/// A new, untrained model. Every weight follows from the setting `seed`; those of an autoencoder
/// from a file come from the file. Throws InputError for settings and files that cannot be used.
std::unique_ptr<Model> make_model(const Settings& settings);

/// Moves the networks to a device for training.
void move_model(Model& model, at::Device device);

/// A short description of its autoencoder: our own, our own in place of the reference's, or a
/// file's.
std::string autoencoder_words(const Model& model);

/// Copies the current state of `from` to `into`, so that training does not change it. Reuses the
/// memory of an earlier copy.
void freeze(const Model& from, std::unique_ptr<Model>& into);
/// The same, where there is no earlier copy.
std::unique_ptr<Model> frozen_copy(const Model& model);

/// Refuses a guidance other than 1 and a class label if the network is unconditional. Throws
/// InputError that begins with `what`.
void require_labels(const Model& model, double guidance, int digit, const std::string& what);

/// Velocity of the averaged (or raw, if `raw`) network for `labels` (B) int64 with guidance weight
/// `w`. Call again after every change of the weights: those of our own network are copied into the
/// field. The model outlives it. In BFloat16 our own network rounds the operands of its blocks:
/// velocities then differ by half a percent.
flow::VelocityField model_velocity(const Model& model, const at::Tensor& labels, double w, bool raw = false,
                                   kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32);

/// Standardised latents (B, 4, 4, 4) or (B, 64) → pixels uint8 (B, 784); an autoencoder of our own
/// multiplies in `arithmetic`.
at::Tensor decode_pixels(const Model& model, const at::Tensor& standard,
                         kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32);

/// Pixels uint8 (B, 784) → reconstructions through the posterior mean, float32 (B, 784) in [0, 1].
at::Tensor reconstruct_pixels(const Model& model, const at::Tensor& pixels);

/// The content of a model file; tensors are borrowed, so write it before the model changes.
files::Safetensors model_file(const Model& model);

/// The content of a model file for looking at it later: the weights used for sampling alone, rounded to
/// bfloat16, and the autoencoder if it is trained here.
files::Safetensors mark_file(const Model& model);

/// The model in the content of a file, which may hold more. `autoencoder` replaces one that is not in a
/// mark. Throws InputError naming `path`, as load_model does.
std::unique_ptr<Model> model_of(const std::map<std::string, std::string>& metadata,
                                const std::map<std::string, at::Tensor>& tensors, const std::string& path,
                                const std::shared_ptr<models::Autoencoder>& autoencoder = nullptr);

/// Writes a model file (safetensors with JSON metadata). Throws RunError.
void save_model(const Model& model, const std::string& path);

/// Reads one. Throws InputError (one line) for impossible headers, shapes or numbers.
std::unique_ptr<Model> load_model(const std::string& path);

}  // namespace lf::inference
