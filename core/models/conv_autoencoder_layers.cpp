#include "models/conv_autoencoder_layers.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <functional>

#include "base/image_shape.h"
#include "kernels/activations.h"

namespace lf::models {
namespace {

constexpr int64_t kPixels = kDigitPixels, kSide = kDigitSide, kPatch = 4;

/// Kernel, stride, side of the input, upsampled side, side of the output.
const kernels::ConvPlan& halving_plan(int64_t side) {
  static const kernels::ConvPlan of_28({3, 2, kSide, kSide, 14}), of_14({3, 2, 14, 14, 7}),
      of_7({3, 2, 7, 7, 4});
  return side == kSide ? of_28 : side == 14 ? of_14 : of_7;
}
const kernels::ConvPlan& plain_plan(int64_t side) {
  static const kernels::ConvPlan of_7({3, 1, 7, 7, 7}), of_4({3, 1, 4, 4, 4});
  return side == 7 ? of_7 : of_4;
}
const kernels::ConvPlan& enlarging_plan() {
  static const kernels::ConvPlan plan({3, 1, 4, 7, 7});
  return plan;
}
const kernels::ConvPlan& pointwise_plan() {
  static const kernels::ConvPlan plan({1, 1, 4, 4, 4});
  return plan;
}

std::vector<float> grid_of(const PackedConvolution& layer, int64_t digits) {
  return std::vector<float>(static_cast<size_t>(digits * layer.plan().forward.outputs * layer.out_columns()));
}
ConvGrid both_grids(const PackedConvolution& layer, int64_t digits) {
  return {grid_of(layer, digits), grid_of(layer, digits)};
}

/// A convolution with its SiLU, plus the values of `added` (or null).
void activate(const PackedConvolution& layer, int64_t n, const float* x, ConvGrid& grid, ConvScratch& scratch,
              bool keep_slopes, const float* added = nullptr) {
  layer.forward(n, x, grid.slope.data(), scratch);
  const int64_t count = n * layer.plan().forward.outputs * layer.out_columns();
  if (keep_slopes) {
    kernels::silu_with_slope(count, grid.slope.data(), added, grid.output.data());
  } else {
    kernels::silu_of(count, grid.slope.data(), added, grid.output.data());
  }
}

/// work(first, n) for kConvDigits digits at a time.
void by_digits(int64_t count, const std::function<void(int64_t first, int64_t n)>& work) {
  for (int64_t first = 0; first < count; first += kConvDigits)
    work(first, std::min(kConvDigits, count - first));
}

/// rows (n, 16, kLatentRow), their four columns from `column` on → maps (n, 4, 4, 4).
void rows_to_latents(int64_t n, const float* rows, int64_t column, float* latents) {
  constexpr int64_t kPlaces = kLatentSide * kLatentSide;
  for (int64_t i = 0; i < n; ++i, rows += kLatentGrid) {
    for (int64_t c = 0; c < kLatentChannels; ++c) {
      for (int64_t place = 0; place < kPlaces; ++place) *latents++ = rows[place * kLatentRow + column + c];
    }
  }
}

}  // namespace

EncoderLayers::EncoderLayers(const ParameterSet& parameters, bool trains, kernels::Arithmetic arithmetic)
    : conv1(parameters, "encoder.conv1", halving_plan(kSide), /*with_backward=*/false),
      conv2(parameters, "encoder.conv2", halving_plan(14), trains, arithmetic),
      conv3(parameters, "encoder.conv3", halving_plan(7), trains, arithmetic),
      posterior(parameters, "encoder.posterior", pointwise_plan(), trains, arithmetic) {}

EncoderGrids EncoderLayers::grids(int64_t digits) const {
  return {both_grids(conv1, digits),
          both_grids(conv2, digits),
          both_grids(conv3, digits),
          {},
          grid_of(posterior, digits)};
}

void EncoderLayers::forward(int64_t n, const float* images, EncoderGrids& grids, bool keep_slopes) const {
  activate(conv1, n, images, grids.first, grids.scratch, keep_slopes);
  activate(conv2, n, grids.first.output.data(), grids.second, grids.scratch, keep_slopes);
  activate(conv3, n, grids.second.output.data(), grids.third, grids.scratch, keep_slopes);
  posterior.forward(n, grids.third.output.data(), grids.posterior.data(), grids.scratch);
}

DecoderLayers::DecoderLayers(const ParameterSet& parameters, bool trains, kernels::Arithmetic arithmetic)
    : conv1(parameters, "decoder.conv1", plain_plan(4), trains, arithmetic),
      conv2(parameters, "decoder.conv2", enlarging_plan(), trains, arithmetic),
      conv3(parameters, "decoder.conv3", plain_plan(7), trains, arithmetic),
      conv4(parameters, "decoder.conv4", plain_plan(7), trains, arithmetic) {}

DecoderGrids DecoderLayers::grids(int64_t digits) const {
  return {both_grids(conv1, digits),
          both_grids(conv2, digits),
          both_grids(conv3, digits),
          {},
          grid_of(conv4, digits)};
}

void DecoderLayers::forward(int64_t n, const float* latents, DecoderGrids& grids, bool keep_slopes) const {
  activate(conv1, n, latents, grids.first, grids.scratch, keep_slopes);
  activate(conv2, n, grids.first.output.data(), grids.second, grids.scratch, keep_slopes);
  const float* around = grids.second.output.data();
  activate(conv3, n, around, grids.third, grids.scratch, keep_slopes, around);
  conv4.forward(n, grids.third.output.data(), grids.logits.data(), grids.scratch);
}

void latents_to_rows(int64_t n, const float* latents, float* rows) {
  constexpr int64_t kPlaces = kLatentSide * kLatentSide;
  for (int64_t i = 0; i < n; ++i, rows += kLatentGrid) {
    for (int64_t c = 0; c < kLatentChannels; ++c) {
      for (int64_t place = 0; place < kPlaces; ++place) rows[place * kLatentRow + c] = *latents++;
    }
  }
}

void pixels_to_patches(int64_t n, const float* images, float* patches) {
  for (int64_t i = 0; i < n; ++i, images += kPixels) {
    for (int64_t y = 0; y < kSide; y += kPatch) {
      for (int64_t x = 0; x < kSide; x += kPatch) {
        for (int64_t row = 0; row < kPatch; ++row, patches += kPatch)
          std::copy_n(images + (y + row) * kSide + x, kPatch, patches);
      }
    }
  }
}

void patches_to_pixels(int64_t n, const float* patches, float* images) {
  for (int64_t i = 0; i < n; ++i, images += kPixels) {
    for (int64_t y = 0; y < kSide; y += kPatch) {
      for (int64_t x = 0; x < kSide; x += kPatch) {
        for (int64_t row = 0; row < kPatch; ++row, patches += kPatch)
          std::copy_n(patches, kPatch, images + (y + row) * kSide + x);
      }
    }
  }
}

Posterior encode_by_rows(const ParameterSet& parameters, const at::Tensor& images) {
  const at::Tensor dense = images.contiguous();
  const int64_t count = dense.size(0);
  EncoderLayers layers(parameters, /*trains=*/false);
  for (PackedConvolution* layer : layers.all()) layer->pack();
  EncoderGrids grids = layers.grids(std::min(kConvDigits, count));
  const std::vector<int64_t> shape{count, kLatentChannels, kLatentSide, kLatentSide};
  const at::Tensor mean = at::empty(shape, at::kFloat), log_variance = at::empty(shape, at::kFloat);
  by_digits(count, [&](int64_t first, int64_t n) {
    layers.forward(n, dense.const_data_ptr<float>() + first * kPixels, grids, /*keep_slopes=*/false);
    const float* rows = grids.posterior.data();
    rows_to_latents(n, rows, 0, mean.data_ptr<float>() + first * kLatentSize);
    rows_to_latents(n, rows, kLatentChannels, log_variance.data_ptr<float>() + first * kLatentSize);
  });
  return {mean, log_variance.clamp_(kLeastLogVariance, kMostLogVariance)};
}

at::Tensor decode_by_rows(const ParameterSet& parameters, const at::Tensor& latents, bool as_ink,
                          kernels::Arithmetic arithmetic) {
  const at::Tensor dense = latents.contiguous();
  const int64_t count = dense.size(0), digits = std::min(kConvDigits, count);
  DecoderLayers layers(parameters, /*trains=*/false, arithmetic);
  for (PackedConvolution* layer : layers.all()) layer->pack();
  DecoderGrids grids = layers.grids(digits);
  std::vector<float> rows(static_cast<size_t>(digits * kLatentGrid));
  const at::Tensor images = at::empty({count, 1, kSide, kSide}, at::kFloat);
  by_digits(count, [&](int64_t first, int64_t n) {
    latents_to_rows(n, dense.const_data_ptr<float>() + first * kLatentSize, rows.data());
    layers.forward(n, rows.data(), grids, /*keep_slopes=*/false);
    if (as_ink) kernels::sigmoid_in_place(n * kPixels, grids.logits.data());
    patches_to_pixels(n, grids.logits.data(), images.data_ptr<float>() + first * kPixels);
  });
  return images;
}

}  // namespace lf::models
