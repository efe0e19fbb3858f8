#include "training/autoencoder/conv_autoencoder_pass.h"

#include <algorithm>

#include "base/image_shape.h"
#include "kernels/activations.h"

namespace lf::training {
namespace {

constexpr int64_t kPixels = kDigitPixels, kPlaces = models::kLatentSide * models::kLatentSide;

std::vector<float> numbers(int64_t count) { return std::vector<float>(static_cast<size_t>(count)); }

/// `d_output`, the gradient after a layer's SiLU, becomes the one before it and replaces the
/// slopes. Adds the gradients of the layer, whose input was `input`. Returns the gradient before
/// the SiLU.
const float* backward_layer(const models::PackedConvolution& layer, int64_t n, const float* input,
                            models::ConvGrid& grid, const float* d_output, float* gradient,
                            models::ConvScratch& scratch) {
  kernels::silu_backward(n * layer.plan().forward.outputs, layer.out_columns(), d_output, grid.slope.data(),
                         layer.bias_gradient(gradient));
  layer.add_gradient(n, input, grid.slope.data(), gradient, scratch);
  return grid.slope.data();
}

/// The same for a layer without an activation.
void backward_linear(const models::PackedConvolution& layer, int64_t n, const float* input,
                     const float* d_output, float* gradient, models::ConvScratch& scratch) {
  kernels::add_row_sums(n * layer.plan().forward.outputs, layer.out_columns(), d_output,
                        layer.bias_gradient(gradient));
  layer.add_gradient(n, input, d_output, gradient, scratch);
}

int64_t largest_input(const models::PackedConvolution& a, const models::PackedConvolution& b) {
  const auto size = [](const models::PackedConvolution& layer) {
    return layer.plan().forward.inputs * layer.in_pitch();
  };
  return models::kConvDigits * std::max(size(a), size(b));
}

}  // namespace

ConvAutoencoderPass::ConvAutoencoderPass(const ConvAutoencoderLayers& layers)
    : layers_(layers),
      encoder_(layers.encoder.grids(models::kConvDigits)),
      decoder_(layers.decoder.grids(models::kConvDigits)),
      latents_(numbers(models::kConvDigits * models::kLatentGrid)),
      d_latents_(latents_),
      deviation_(latents_),
      d_posterior_(latents_),
      targets_(numbers(models::kConvDigits * kPixels)),
      d_14_(numbers(largest_input(layers.encoder.conv2, layers.encoder.conv2))),
      d_7_(numbers(largest_input(layers.encoder.conv3, layers.decoder.conv3))),
      d_4_(numbers(largest_input(layers.encoder.posterior, layers.decoder.conv2))) {
  for (const models::PackedConvolution* layer : layers.encoder.all())
    encoder_gradients_.push_back(numbers(layer->gradient_size()));
  for (const models::PackedConvolution* layer : layers.decoder.all())
    decoder_gradients_.push_back(numbers(layer->gradient_size()));
}

double ConvAutoencoderPass::run(const DigitRows& digits, double beta, double weight) {
  double loss = 0;
  for (int64_t first = 0; first < digits.count; first += models::kConvDigits) {
    const int64_t n = std::min(models::kConvDigits, digits.count - first);
    const float *images = digits.images + first * kPixels,
                *noise = digits.noise + first * models::kLatentSize;
    layers_.encoder.forward(n, images, encoder_, /*keep_slopes=*/true);
    loss += weight * beta * sample(n, noise);
    loss += decode(n, images, weight);
    decoder_backward(n);
    layers_.decoder.conv1.input_gradient(n, decoder_.first.slope.data(), d_latents_.data(), decoder_.scratch);
    sample_backward(n, noise, beta, weight);
    encoder_backward(n, images);
  }
  return loss;
}

double ConvAutoencoderPass::run_decoder(int64_t count, const float* images, const float* latents,
                                        double weight) {
  double loss = 0;
  for (int64_t first = 0; first < count; first += models::kConvDigits) {
    const int64_t n = std::min(models::kConvDigits, count - first);
    models::latents_to_rows(n, latents + first * models::kLatentSize, latents_.data());
    loss += decode(n, images + first * kPixels, weight);
    decoder_backward(n);
  }
  return loss;
}

/// Writes z = mean + e^(log-variance / 2) · noise to latents_. Returns the divergence of the
/// digits' posteriors from N(0, I), ½ Σ (mean² + variance − 1 − log-variance).
double ConvAutoencoderPass::sample(int64_t n, const float* noise) {
  const float* q = encoder_.posterior.data();
  for (int64_t i = 0; i < n * models::kLatentGrid; ++i) {
    deviation_[static_cast<size_t>(i)] =
        0.5f * std::clamp(q[i], static_cast<float>(models::kLeastLogVariance),
                          static_cast<float>(models::kMostLogVariance));
  }
  kernels::exp_in_place(n * models::kLatentGrid, deviation_.data());
  double divergence = 0;
  for (int64_t place = 0; place < n * kPlaces; ++place, q += models::kLatentRow) {
    const float* eps = noise + place / kPlaces * models::kLatentSize + place % kPlaces;
    const float* deviation = deviation_.data() + place * models::kLatentRow + models::kLatentChannels;
    float* z = latents_.data() + place * models::kLatentRow;
    float sum = 0;
    for (int64_t c = 0; c < models::kLatentChannels; ++c) {
      const float log_variance =
          std::clamp(q[models::kLatentChannels + c], static_cast<float>(models::kLeastLogVariance),
                     static_cast<float>(models::kMostLogVariance));
      z[c] = q[c] + deviation[c] * eps[c * kPlaces];
      sum += q[c] * q[c] + deviation[c] * deviation[c] - 1 - log_variance;
    }
    divergence += 0.5 * static_cast<double>(sum);
  }
  return divergence;
}

/// From d_latents_ to d_posterior_: a log-variance outside its clamp has no gradient.
void ConvAutoencoderPass::sample_backward(int64_t n, const float* noise, double beta, double weight) {
  const auto pull = static_cast<float>(beta * weight);
  const float* q = encoder_.posterior.data();
  for (int64_t place = 0; place < n * kPlaces; ++place, q += models::kLatentRow) {
    const float* eps = noise + place / kPlaces * models::kLatentSize + place % kPlaces;
    const float* deviation = deviation_.data() + place * models::kLatentRow + models::kLatentChannels;
    const float* dz = d_latents_.data() + place * models::kLatentRow;
    float* dq = d_posterior_.data() + place * models::kLatentRow;
    for (int64_t c = 0; c < models::kLatentChannels; ++c) {
      const float raw = q[models::kLatentChannels + c];
      const bool inside = raw >= static_cast<float>(models::kLeastLogVariance) &&
                          raw <= static_cast<float>(models::kMostLogVariance);
      dq[c] = dz[c] + pull * q[c];
      const float slope =
          0.5f * (dz[c] * eps[c * kPlaces] * deviation[c] + pull * (deviation[c] * deviation[c] - 1));
      dq[models::kLatentChannels + c] = inside ? slope : 0;
    }
  }
}

/// Decodes latents_; the logits are replaced by their gradient. Returns weight · Σ cross-entropy.
double ConvAutoencoderPass::decode(int64_t n, const float* images, double weight) {
  layers_.decoder.forward(n, latents_.data(), decoder_, /*keep_slopes=*/true);
  models::pixels_to_patches(n, images, targets_.data());
  double loss = 0;
  for (int64_t i = 0; i < n; ++i) {
    loss += kernels::cross_entropy(kPixels, targets_.data() + i * kPixels, static_cast<float>(weight),
                                   decoder_.logits.data() + i * kPixels);
  }
  return weight * loss;
}

/// Stops before the gradient of the latents, which a frozen encoder does not need.
void ConvAutoencoderPass::decoder_backward(int64_t n) {
  const models::DecoderLayers& d = layers_.decoder;
  const float* inner = decoder_.second.output.data();
  backward_linear(d.conv4, n, decoder_.third.output.data(), decoder_.logits.data(), decoder_gradient(3),
                  decoder_.scratch);
  d.conv4.input_gradient(n, decoder_.logits.data(), d_7_.data(), decoder_.scratch);
  const float* dy =
      backward_layer(d.conv3, n, inner, decoder_.third, d_7_.data(), decoder_gradient(2), decoder_.scratch);
  d.conv3.input_gradient(n, dy, d_7_.data(), decoder_.scratch,
                         /*add=*/true);  // to the residual input of the layer
  dy = backward_layer(d.conv2, n, decoder_.first.output.data(), decoder_.second, d_7_.data(),
                      decoder_gradient(1), decoder_.scratch);
  d.conv2.input_gradient(n, dy, d_4_.data(), decoder_.scratch);
  backward_layer(d.conv1, n, latents_.data(), decoder_.first, d_4_.data(), decoder_gradient(0),
                 decoder_.scratch);
}

void ConvAutoencoderPass::encoder_backward(int64_t n, const float* images) {
  const models::EncoderLayers& e = layers_.encoder;
  backward_linear(e.posterior, n, encoder_.third.output.data(), d_posterior_.data(), encoder_gradient(3),
                  encoder_.scratch);
  e.posterior.input_gradient(n, d_posterior_.data(), d_4_.data(), encoder_.scratch);
  const float* dy = backward_layer(e.conv3, n, encoder_.second.output.data(), encoder_.third, d_4_.data(),
                                   encoder_gradient(2), encoder_.scratch);
  e.conv3.input_gradient(n, dy, d_7_.data(), encoder_.scratch);
  dy = backward_layer(e.conv2, n, encoder_.first.output.data(), encoder_.second, d_7_.data(),
                      encoder_gradient(1), encoder_.scratch);
  e.conv2.input_gradient(n, dy, d_14_.data(), encoder_.scratch);
  backward_layer(e.conv1, n, images, encoder_.first, d_14_.data(), encoder_gradient(0), encoder_.scratch);
}

}  // namespace lf::training
