// Forward and backward of a ConvAutoencoder without residual blocks, written by hand for one
// thread: without a graph or allocations, and with one pass over memory between two products.
#pragma once

#include <vector>

#include "models/conv_autoencoder_layers.h"

namespace lf::training {

/// A training batch: (count) of each, side by side.
struct DigitRows {
  int64_t count;
  const float* images;  ///< (count, 784) in [0, 1]
  const float* noise;   ///< (count, 4, 4, 4) ~ N(0, I)
};

/// The packed weights of a network, shared by the passes over it; packed for their gradients too
/// where needed.
struct ConvAutoencoderLayers {
  ConvAutoencoderLayers(const models::ParameterSet& parameters, kernels::Arithmetic arithmetic)
      : encoder(parameters, /*trains=*/true, arithmetic), decoder(parameters, /*trains=*/true, arithmetic) {}

  models::EncoderLayers encoder;
  models::DecoderLayers decoder;
};

/// Keeps its activations from call to call. One thread at a time; passes over the same layers can
/// run concurrently.
class ConvAutoencoderPass {
 public:
  /// `layers` outlive the pass.
  explicit ConvAutoencoderPass(const ConvAutoencoderLayers& layers);

  /// Adds the gradients of weight · Σ over the digits of (cross-entropy + beta · KL divergence) to
  /// the pass's own gradients; returns that sum. Same result as autoencoder_loss().
  double run(const DigitRows& digits, double beta, double weight);
  /// The same for the decoder alone: weight · Σ cross-entropy of images (count, 784) decoded from latents
  /// (count, 4, 4, 4).
  double run_decoder(int64_t count, const float* images, const float* latents, double weight);

  /// The gradients (PackedConvolution::gradient_size()) of layer 0 … 3, for collect_gradients().
  float* encoder_gradient(size_t layer) { return encoder_gradients_[layer].data(); }
  float* decoder_gradient(size_t layer) { return decoder_gradients_[layer].data(); }

 private:
  double sample(int64_t n, const float* noise);
  void sample_backward(int64_t n, const float* noise, double beta, double weight);
  double decode(int64_t n, const float* images, double weight);
  void decoder_backward(int64_t n);
  void encoder_backward(int64_t n, const float* images);

  const ConvAutoencoderLayers& layers_;
  models::EncoderGrids encoder_;
  models::DecoderGrids decoder_;
  std::vector<std::vector<float>> encoder_gradients_, decoder_gradients_;
  std::vector<float> latents_, d_latents_;  ///< (digit, 16, kLatentRow)
  std::vector<float> deviation_,
      d_posterior_;                      ///< (digit, 16, kLatentRow): e^(log-variance / 2) in its columns
  std::vector<float> targets_;           ///< (digit, 49, 16)
  std::vector<float> d_14_, d_7_, d_4_;  ///< gradients of a layer's input, (digit, position, column)
};

}  // namespace lf::training
