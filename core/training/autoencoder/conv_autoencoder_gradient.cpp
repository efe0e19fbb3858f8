#include "training/autoencoder/conv_autoencoder_gradient.h"

#include <ATen/ATen.h>

#include "base/errors.h"
#include "base/image_shape.h"
#include "parallel/fork_join.h"

namespace lf::training {
namespace {

constexpr size_t kLayers = 4;  ///< of the encoder, and of the decoder

/// The loops over rows do not check shapes.
void check_shapes(const at::Tensor& images, const at::Tensor& latents) {
  const int64_t batch = images.size(0);
  const std::vector<int64_t> pictures{batch, 1, kDigitSide, kDigitSide},
      maps{batch, models::kLatentChannels, models::kLatentSide, models::kLatentSide};
  const bool fits = images.sizes() == at::IntArrayRef(pictures) && latents.sizes() == at::IntArrayRef(maps) &&
                    images.scalar_type() == at::kFloat && latents.scalar_type() == at::kFloat;
  if (!fits) throw InputError("a training pass needs images and latents of one batch");
}

}  // namespace

ConvAutoencoderGradient::ConvAutoencoderGradient(const models::ConvAutoencoder& net,
                                                 kernels::Arithmetic arithmetic)
    : net_(net), layers_(net.parameters(), arithmetic) {
  passes_.reserve(parallel::kParts);
  while (passes_.size() < parallel::kParts) passes_.emplace_back(layers_);
}

double ConvAutoencoderGradient::add(const at::Tensor& images, const at::Tensor& noise, double beta,
                                    double weight) {
  check_shapes(images, noise);
  const at::Tensor pictures = images.contiguous(), normal = noise.contiguous();
  pack(/*encoder=*/true);
  const double loss = by_pieces(images.size(0), [&](ConvAutoencoderPass& pass, parallel::RowRange range) {
    return pass.run({range.count, pictures.const_data_ptr<float>() + range.first * kDigitPixels,
                     normal.const_data_ptr<float>() + range.first * models::kLatentSize},
                    beta, weight);
  });
  collect(/*encoder=*/true);
  return loss;
}

double ConvAutoencoderGradient::add_decoder(const at::Tensor& images, const at::Tensor& latents,
                                            double weight) {
  check_shapes(images, latents);
  const at::Tensor pictures = images.contiguous(), given = latents.contiguous();
  pack(/*encoder=*/false);
  const double loss = by_pieces(images.size(0), [&](ConvAutoencoderPass& pass, parallel::RowRange range) {
    return pass.run_decoder(range.count, pictures.const_data_ptr<float>() + range.first * kDigitPixels,
                            given.const_data_ptr<float>() + range.first * models::kLatentSize, weight);
  });
  collect(/*encoder=*/false);
  return loss;
}

void ConvAutoencoderGradient::pack(bool encoder) {
  const auto of_encoder = layers_.encoder.all(), of_decoder = layers_.decoder.all();
  const auto pack_layer = [&](int64_t i) {
    const auto layer = static_cast<size_t>(i);
    (layer < kLayers ? of_decoder[layer] : of_encoder[layer - kLayers])->pack();
  };
  parallel::fork_join(pack_layer, encoder ? 2 * kLayers : kLayers);
}

double ConvAutoencoderGradient::by_pieces(
    int64_t count, const std::function<double(ConvAutoencoderPass&, parallel::RowRange)>& run) {
  std::vector<double> losses(passes_.size());
  const auto run_piece = [&](int64_t piece) {
    const auto p = static_cast<size_t>(piece);
    losses[p] = run(passes_[p], parallel::part_of(count, piece, parallel::kParts));
  };
  parallel::fork_join(run_piece, parallel::kParts);
  double sum = 0;
  for (const double loss : losses) sum += loss;
  return sum;
}

void ConvAutoencoderGradient::collect(bool encoder) {
  const auto of_encoder = layers_.encoder.all(), of_decoder = layers_.decoder.all();
  auto* flat = net_.parameters().flat_gradient().data_ptr<float>();
  const auto collect_layer = [&](int64_t i) {
    const auto layer = static_cast<size_t>(i);
    std::vector<float*> gradients;
    for (ConvAutoencoderPass& pass : passes_) {
      gradients.push_back(layer < kLayers ? pass.decoder_gradient(layer)
                                          : pass.encoder_gradient(layer - kLayers));
    }
    (layer < kLayers ? of_decoder[layer] : of_encoder[layer - kLayers])->collect_gradients(gradients, flat);
  };
  parallel::fork_join(collect_layer, encoder ? 2 * kLayers : kLayers);
}

}  // namespace lf::training
