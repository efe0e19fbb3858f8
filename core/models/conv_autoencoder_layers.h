// The layers of a convolutional autoencoder without residual blocks as hand-written products on one thread.
#pragma once

#include <array>
#include <vector>

#include "models/conv_autoencoder.h"
#include "models/packed_convolution.h"

namespace lf {

/// Digits that go through the layers together: few enough that their activations stay in a core's caches, and
/// as many as a tile of a product has rows.
constexpr int64_t kConvDigits = 8;

/// Numbers of one digit's grids, (position, column). `slope` is what becomes of a convolution's result: the
/// slope of its SiLU where it is kept, and then the gradient there.
struct ConvGrid {
  std::vector<float> slope, output;  ///< kConvDigits or fewer digits
};

/// What the encoder leaves behind of up to kConvDigits digits.
struct EncoderGrids {
  ConvGrid first, second, third;
  ConvScratch scratch;
  std::vector<float> posterior;  ///< (digit, 16, 16): mean, raw log-variance (before its clamp), 8 zeros
};

struct DecoderGrids {
  ConvGrid first, second, third;
  ConvScratch scratch;
  std::vector<float> logits;  ///< (digit, 49, 16): each position's 4×4 pixels
};

/// Packed weights: those of one moment. Const methods may run on several threads at once, each with grids of
/// its own.
struct EncoderLayers {
  EncoderLayers(const ParameterSet& parameters, bool trains, Arithmetic arithmetic = Arithmetic::Float32);
  EncoderGrids grids(int64_t digits) const;
  /// images (n, 784); `keep_slopes` for a way back.
  void forward(int64_t n, const float* images, EncoderGrids& grids, bool keep_slopes) const;
  std::array<PackedConvolution*, 4> all() { return {&conv1, &conv2, &conv3, &posterior}; }
  std::array<const PackedConvolution*, 4> all() const { return {&conv1, &conv2, &conv3, &posterior}; }

  PackedConvolution conv1, conv2, conv3, posterior;
};

struct DecoderLayers {
  DecoderLayers(const ParameterSet& parameters, bool trains, Arithmetic arithmetic = Arithmetic::Float32);
  DecoderGrids grids(int64_t digits) const;
  /// latents (n, 16, 16): four channels and 12 zeros per position.
  void forward(int64_t n, const float* latents, DecoderGrids& grids, bool keep_slopes) const;
  std::array<PackedConvolution*, 4> all() { return {&conv1, &conv2, &conv3, &conv4}; }
  std::array<const PackedConvolution*, 4> all() const { return {&conv1, &conv2, &conv3, &conv4}; }

  PackedConvolution conv1, conv2, conv3, conv4;
};

/// Numbers of a digit's latents as the layers see them.
constexpr int64_t kLatentRow = 16, kLatentGrid = kLatentSide * kLatentSide * kLatentRow;

/// latents (n, 4, 4, 4) → (n, 16, kLatentRow), whose other columns stay as they are.
void latents_to_rows(int64_t n, const float* latents, float* rows);

/// images (n, 28, 28) → (n, 49, 16), the order of logits, and back.
void pixels_to_patches(int64_t n, const float* images, float* patches);
void patches_to_pixels(int64_t n, const float* patches, float* images);

/// ConvAutoencoder::encode without autograd; images float32 (N, 1, 28, 28) on the processor. A digit gives
/// the same bytes in every batch.
Posterior encode_by_rows(const ParameterSet& parameters, const at::Tensor& images);

/// ConvAutoencoder::decode_logits, or decode where `as_ink`, likewise; latents float32 (N, 4, 4, 4).
at::Tensor decode_by_rows(const ParameterSet& parameters, const at::Tensor& latents, bool as_ink,
                          Arithmetic arithmetic = Arithmetic::Float32);

}  // namespace lf
