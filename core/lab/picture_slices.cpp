#include "lab/picture_slices.h"

#include <algorithm>
#include <cstring>

#include "base/image_sheet.h"
#include "models/autoencoder.h"

namespace lf::lab {
namespace {

constexpr int64_t kSlicePictures = 240;

}  // namespace

PictureSlices::PictureSlices(const inference::Model& model, const at::Tensor& standard)
    : model_(model),
      latents_(standard.reshape({-1, models::kLatentSize})),
      sheet_(ImageSheet::black(static_cast<size_t>(latents_.size(0)))) {}

bool PictureSlices::advance() {
  const int64_t most = std::min(kSlicePictures, model_.autoencoder->slice_digits());
  const int64_t n = std::min(most, latents_.size(0) - done_);
  if (n > 0) {
    const at::Tensor pixels = inference::decode_pixels(model_, latents_.narrow(0, done_, n)).contiguous();
    std::memcpy(sheet_.image_data(static_cast<size_t>(done_)), pixels.data_ptr(), pixels.nbytes());
    done_ += n;
  }
  return done_ < latents_.size(0);
}

double PictureSlices::progress() const {
  return latents_.size(0) == 0 ? 1 : static_cast<double>(done_) / static_cast<double>(latents_.size(0));
}

}  // namespace lf::lab
