#include "metrics/image_bytes.h"

#include <ATen/ATen.h>

#include <sstream>

#include "base/errors.h"
#include "base/image_shape.h"

namespace lf::metrics {

at::Tensor image_view(const files::ImageSet& set) {
  // from_blob takes void*; nothing writes through this view.
  auto* pixels = const_cast<uint8_t*>(set.images.bytes.data());
  const ImageShape& shape = set.images.shape;
  return at::from_blob(pixels, {static_cast<int64_t>(set.size()), shape.height, shape.width}, at::kByte);
}

at::Tensor to_unit(const at::Tensor& images_u8) {
  bool flat = images_u8.dim() == 2 && images_u8.size(1) == kDigitPixels;
  bool square = images_u8.dim() == 3 && images_u8.size(1) == kDigitSide && images_u8.size(2) == kDigitSide;
  if (images_u8.scalar_type() != at::kByte || !(flat || square)) {
    std::ostringstream text;
    text << "cannot measure images of shape " << images_u8.sizes() << " and type " << images_u8.scalar_type()
         << ": the metrics take uint8 (N, 28, 28) or (N, 784)";
    throw InputError(text.str());
  }
  return images_u8.reshape({-1, 1, kDigitSide, kDigitSide}).to(at::kFloat).div_(255);
}

at::Tensor to_bytes(const at::Tensor& images) {
  return data::to_pixels(images.detach()).view({-1, kDigitSide, kDigitSide});
}

double mean_ink(const at::Tensor& images_u8) {
  if (images_u8.numel() == 0) return 0;
  return images_u8.sum(at::kLong).item<int64_t>() / (255.0 * images_u8.numel());
}

}  // namespace lf::metrics
