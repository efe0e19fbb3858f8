#include "models/rgb_autoencoder.h"

#include <algorithm>

#include "base/errors.h"
#include "base/image_shape.h"

namespace lf::models {
namespace {

constexpr int64_t kBorder = 2, kFrame = kDigitSide;
constexpr double kRed = 0.299, kGreen = 0.587, kBlue = 0.114;
/// Parameters of an AutoencoderKL that takes about 50 ms per digit on two cores (Stable
/// Diffusion's).
constexpr double kParametersOfOneDigit = 84e6;
constexpr int64_t kMostDigits = 250;

}  // namespace

at::Tensor digits_to_rgb(const at::Tensor& images) {
  const at::Tensor padded = at::constant_pad_nd(images, {kBorder, kBorder, kBorder, kBorder});
  return padded.mul(2).sub_(1).expand({-1, 3, -1, -1}).contiguous();
}

at::Tensor rgb_to_digits(const at::Tensor& pictures) {
  const at::Tensor x = pictures.add(1).div_(2).clamp_(0, 1);
  const at::Tensor grey = x.select(1, 0) * kRed + x.select(1, 1) * kGreen + x.select(1, 2) * kBlue;
  return grey.narrow(1, kBorder, kFrame).narrow(2, kBorder, kFrame).unsqueeze(1).contiguous();
}

RgbAutoencoder::RgbAutoencoder(std::shared_ptr<KlAutoencoder> net, const std::string& origin)
    : net_(std::move(net)) {
  const KlAutoencoderConfig& c = net_->config();
  const int64_t side = (kFrame + 2 * kBorder) >> (c.widths.size() - 1);
  if (c.image_channels == 3 && c.latent_channels == kLatentChannels && side == kLatentSide) return;
  throw InputError(origin + ": this AutoencoderKL turns 32×32×" + std::to_string(c.image_channels) +
                   " images into latents of " + std::to_string(side) + "×" + std::to_string(side) + "×" +
                   std::to_string(c.latent_channels) +
                   "; the flow needs 4×4×4, so give one with three image channels, four widths and four "
                   "latent channels");
}

std::unique_ptr<Autoencoder> RgbAutoencoder::copy() const {
  return std::unique_ptr<Autoencoder>(new RgbAutoencoder(net_));  // it never changes, so it can be shared
}

int64_t RgbAutoencoder::slice_digits() const {
  if (!parameters().device().is_cpu()) return kMostDigits;
  const double digits = kParametersOfOneDigit / static_cast<double>(parameters().count());
  return std::clamp<int64_t>(static_cast<int64_t>(digits), 1, kMostDigits);
}

}  // namespace lf::models
