// The interface of every autoencoder: grey 28×28 digits ↔ a Gaussian over 4×4×4 latents.
#pragma once

#include <ATen/ATen.h>

#include <memory>

#include "models/parameter_set.h"

namespace lf::models {

/// Shape of a latent, fixed for all autoencoders: 4 channels of 4×4.
constexpr int64_t kLatentChannels = 4, kLatentSide = 4, kLatentSize = 64;

/// Diagonal Gaussian q(z|x): mean and log-variance, each (N, 4, 4, 4).
struct Posterior {
  at::Tensor mean, log_variance;

  Posterior to(at::Device device) const { return {mean.to(device), log_variance.to(device)}; }
};

class Autoencoder {
 public:
  virtual ~Autoencoder() = default;

  /// images (N, 1, 28, 28) in [0, 1] → posterior, on the device of the images, whatever the device
  /// of the weights.
  virtual Posterior encode(const at::Tensor& images) const = 0;
  /// latents (N, 4, 4, 4) → images (N, 1, 28, 28) in [0, 1], on the device of the latents.
  virtual at::Tensor decode(const at::Tensor& latents) const = 0;
  /// False: its weights come from a file and never change, so copies may share them.
  virtual bool trained_here() const = 0;
  /// The same network with memory of its own, not trainable.
  virtual std::unique_ptr<Autoencoder> copy() const = 0;
  /// Moves the weights to a device, with a gradient buffer there if they are trainable.
  virtual void move_to(at::Device device) = 0;
  /// Digits that keep one call of encode or decode near 50 ms on two cores.
  virtual int64_t slice_digits() const = 0;

  virtual ParameterSet& parameters() = 0;
  virtual const ParameterSet& parameters() const = 0;
};

}  // namespace lf::models
