// The gradients of a batch of digits, by one ConvAutoencoderPass per part of it.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <vector>

#include "models/conv_autoencoder.h"
#include "parallel/fork_join.h"
#include "training/autoencoder/conv_autoencoder_pass.h"

namespace lf::training {

/// Only where ConvAutoencoder::has_rows(). Packs the weights at every call, since they may change
/// in between. Splits the digits into kParts, one thread each, whose gradients are added in a fixed
/// order.
class ConvAutoencoderGradient {
 public:
  /// The network is trainable and outlives this object: gradients are added to its own.
  /// `arithmetic` is that of the products, as in PackedConvolution.
  explicit ConvAutoencoderGradient(const models::ConvAutoencoder& net,
                                   kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32);

  /// Adds the gradient of weight · Σ over the digits of (cross-entropy + beta · KL divergence) and
  /// returns that sum. images (B, 1, 28, 28) in [0, 1], noise (B, 4, 4, 4) ~ N(0, I). Throws
  /// InputError if the shapes do not match.
  double add(const at::Tensor& images, const at::Tensor& noise, double beta, double weight);
  /// The same for the decoder alone, weight · Σ cross-entropy, from latents (B, 4, 4, 4).
  double add_decoder(const at::Tensor& images, const at::Tensor& latents, double weight);

 private:
  void pack(bool encoder);
  void collect(bool encoder);
  double by_pieces(int64_t count,
                   const std::function<double(ConvAutoencoderPass& pass, parallel::RowRange range)>& run);

  const models::ConvAutoencoder& net_;
  ConvAutoencoderLayers layers_;
  std::vector<ConvAutoencoderPass> passes_;  ///< kParts
};

}  // namespace lf::training
