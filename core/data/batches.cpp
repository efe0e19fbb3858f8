#include "data/batches.h"

#include <algorithm>
#include <cstring>

#include "base/errors.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "data/generator.h"

namespace lf::data {

at::Tensor pixel_tensor(const files::ImageSet& set) {
  at::Tensor pixels = at::empty({static_cast<int64_t>(set.size()), set.images.shape.pixels()}, at::kByte);
  std::memcpy(pixels.data_ptr(), set.images.bytes.data(), set.images.bytes.size());
  return pixels;
}

at::Tensor label_tensor(const files::ImageSet& set) {
  at::Tensor labels = at::empty({static_cast<int64_t>(set.size())}, at::kByte);
  std::memcpy(labels.data_ptr(), set.labels.data(), set.labels.size());
  return labels.to(at::kLong);
}

at::Tensor image_batch(const at::Tensor& pixels, const at::Tensor& indices) {
  return pixels.index_select(0, indices).to(at::kFloat).mul_(1.0 / 255).view({-1, 1, kDigitSide, kDigitSide});
}

at::Tensor to_pixels(const at::Tensor& images) {
  return images.reshape({-1, kDigitPixels}).mul(255).round_().clamp_(0, 255).to(at::kByte);
}

ImageSheet image_sheet(const at::Tensor& pixels) {
  const at::Tensor plain = pixels.to(at::kCPU, at::kByte).contiguous();
  return ImageSheet({plain.data_ptr<uint8_t>(), plain.data_ptr<uint8_t>() + plain.numel()});
}

EpochOrder::EpochOrder(int64_t count, int64_t batch, uint64_t seed, Purpose purpose)
    : count_(count), batch_(std::min(batch, count)), seed_(seed), purpose_(purpose) {
  if (count <= 0) throw InputError("the training set is empty; give a data folder with digits");
  steps_per_epoch_ = count_ / batch_;
}

at::Tensor EpochOrder::indices(int64_t step) {
  const int64_t epoch = step / steps_per_epoch_;
  if (epoch != epoch_) {
    permutation_ =
        at::randperm(count_, make_generator(seed_, purpose_, static_cast<uint64_t>(epoch)), at::kLong);
    epoch_ = epoch;
  }
  return permutation_.narrow(0, (step % steps_per_epoch_) * batch_, batch_);
}

}  // namespace lf::data
