// The layers of a convolutional autoencoder without residual blocks as hand-written products on one thread.
#pragma once

#include <array>
#include <vector>

#include "models/conv_autoencoder.h"
#include "models/packed_convolution.h"

namespace lf::models {

/// Digits that pass through the layers together: few enough that their activations stay in a core's
/// caches, and as many as a tile of a product has rows.
constexpr int64_t kConvDigits = 8;

/// Activations of one digit, (position, column). `slope` is derived from a convolution's result:
/// the slope of its SiLU where it is kept, later the gradient there.
struct ConvGrid {
  std::vector<float> slope, output;  ///< kConvDigits or fewer digits
};

/// Activations of the encoder for up to kConvDigits digits.
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

/// Packed weights at one moment. Const methods may run on several threads at once, each with its
/// own activations.
struct EncoderLayers {
  EncoderLayers(const ParameterSet& parameters, bool trains,
                kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32);
  EncoderGrids grids(int64_t digits) const;
  /// images (n, 784); `keep_slopes` for a backward pass.
  void forward(int64_t n, const float* images, EncoderGrids& grids, bool keep_slopes) const;
  std::array<PackedConvolution*, 4> all() { return {&conv1, &conv2, &conv3, &posterior}; }
  std::array<const PackedConvolution*, 4> all() const { return {&conv1, &conv2, &conv3, &posterior}; }

  PackedConvolution conv1, conv2, conv3, posterior;
};

struct DecoderLayers {
  DecoderLayers(const ParameterSet& parameters, bool trains,
                kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32);
  DecoderGrids grids(int64_t digits) const;
  /// latents (n, 16, 16): four channels and 12 zeros per position.
  void forward(int64_t n, const float* latents, DecoderGrids& grids, bool keep_slopes) const;
  std::array<PackedConvolution*, 4> all() { return {&conv1, &conv2, &conv3, &conv4}; }
  std::array<const PackedConvolution*, 4> all() const { return {&conv1, &conv2, &conv3, &conv4}; }

  PackedConvolution conv1, conv2, conv3, conv4;
};

/// Layout of a digit's latents inside the layers.
constexpr int64_t kLatentRow = 16, kLatentGrid = kLatentSide * kLatentSide * kLatentRow;

/// latents (n, 4, 4, 4) → (n, 16, kLatentRow); its other columns are unchanged.
void latents_to_rows(int64_t n, const float* latents, float* rows);

/// images (n, 28, 28) → (n, 49, 16), the order of the logits, and back.
void pixels_to_patches(int64_t n, const float* images, float* patches);
void patches_to_pixels(int64_t n, const float* patches, float* images);

/// ConvAutoencoder::encode without autograd; images float32 (N, 1, 28, 28) on the processor. The
/// bytes of a digit do not depend on its batch.
Posterior encode_by_rows(const ParameterSet& parameters, const at::Tensor& images);

/// ConvAutoencoder::decode_logits, or decode if `as_ink`, likewise; latents float32 (N, 4, 4, 4).
at::Tensor decode_by_rows(const ParameterSet& parameters, const at::Tensor& latents, bool as_ink,
                          kernels::Arithmetic arithmetic = kernels::Arithmetic::Float32);

}  // namespace lf::models
