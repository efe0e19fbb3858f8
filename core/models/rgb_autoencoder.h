// Grey 28×28 digits through an RGB autoencoder, as in the reference system: padded to 32×32, three
// equal channels in [−1, 1].
#pragma once

#include <memory>

#include "models/autoencoder.h"
#include "models/kl_autoencoder.h"

namespace lf::models {

/// images (N, 1, 28, 28) in [0, 1] → (N, 3, 32, 32) in [−1, 1]: two black pixels on each side, grey
/// repeated in all channels.
at::Tensor digits_to_rgb(const at::Tensor& images);
/// images (N, 3, 32, 32), not clamped → (N, 1, 28, 28) in [0, 1]: (x + 1)/2 clamped, luminance
/// 0.299/0.587/0.114, the centre.
at::Tensor rgb_to_digits(const at::Tensor& pictures);

/// An AutoencoderKL with the interface of our own autoencoders. Its weights come from a file and
/// are not trained.
class RgbAutoencoder : public Autoencoder {
 public:
  /// Throws InputError naming `origin` unless it maps 32×32×3 to 4×4×4.
  RgbAutoencoder(std::shared_ptr<KlAutoencoder> net, const std::string& origin);

  Posterior encode(const at::Tensor& images) const override { return net_->encode(digits_to_rgb(images)); }
  at::Tensor decode(const at::Tensor& latents) const override { return rgb_to_digits(net_->decode(latents)); }
  bool trained_here() const override { return false; }
  std::unique_ptr<Autoencoder> copy() const override;
  void move_to(at::Device device) override { net_->parameters().move_to(device, false); }
  int64_t slice_digits() const override;

  const KlAutoencoder& network() const { return *net_; }
  ParameterSet& parameters() override { return net_->parameters(); }
  const ParameterSet& parameters() const override { return std::as_const(*net_).parameters(); }

 private:
  explicit RgbAutoencoder(std::shared_ptr<KlAutoencoder> net) : net_(std::move(net)) {}

  std::shared_ptr<KlAutoencoder> net_;
};

}  // namespace lf::models
