#include "preview/reconstruction_view.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/errors.h"
#include "base/image_shape.h"
#include "data/batches.h"

namespace lf::preview {
namespace {

constexpr int64_t kMeasuredSlices = 40;  ///< a slow autoencoder measures fewer digits

template <class T>
std::vector<T> numbers_in(const at::Tensor& tensor) {
  const at::Tensor plain = tensor.contiguous();
  std::vector<T> values(static_cast<size_t>(plain.numel()));
  if (!values.empty()) std::memcpy(values.data(), plain.data_ptr(), plain.nbytes());
  return values;
}

/// Mean squared error per digit, pixels in [0, 1].
at::Tensor errors_of(const at::Tensor& pixels, const at::Tensor& reconstruction) {
  return (reconstruction - pixels.to(at::kFloat) / 255).square().mean(1);
}

}  // namespace

ReconstructionView::ReconstructionView(const inference::Model& model, const data::DataTensors& data,
                                       InspectCommand what, int64_t psnr_digits)
    : model_(model), what_(std::move(what)) {
  if (what_.split != "test" && what_.split != "train") {
    throw InputError("unknown split '" + what_.split + "'; known are test, train");
  }
  if (what_.order != "first" && what_.order != "worst") {
    throw InputError("unknown order '" + what_.order + "'; known are first, worst");
  }
  pixels_ = what_.split == "test" ? data.test_pixels : data.train_pixels;
  labels_ = what_.split == "test" ? data.test_labels : data.train_labels;
  // Sorting by error needs every error; the training split's first 10,000 represent it.
  const int64_t affordable = std::max<int64_t>(60, kMeasuredSlices * model_.autoencoder->slice_digits());
  const int64_t all = std::min({int64_t{10000}, affordable, pixels_.size(0)});
  to_measure_ = what_.order == "worst" ? all : std::min(all, psnr_digits);
  mse_ = at::zeros({to_measure_}, at::kFloat);
}

bool ReconstructionView::advance() {
  if (finished_) return false;
  if (measured_ < to_measure_) {
    measure_slice();
    return true;
  }
  if (!shown_.defined()) {
    choose();
  } else {
    reconstruct_slice();
  }
  finished_ = reconstructed_ == shown_.size(0);
  if (finished_) finish_block();
  return !finished_;
}

double ReconstructionView::progress() const {
  const int64_t shown = shown_.defined() ? shown_.size(0) : what_.count;
  const int64_t all = std::max<int64_t>(1, to_measure_ + shown);
  return static_cast<double>(measured_ + reconstructed_) / static_cast<double>(all);
}

void ReconstructionView::measure_slice() {
  at::NoGradGuard no_grad;
  const int64_t n = std::min(model_.autoencoder->slice_digits(), to_measure_ - measured_);
  const at::Tensor block = pixels_.narrow(0, measured_, n);
  mse_.narrow(0, measured_, n).copy_(errors_of(block, inference::reconstruct_pixels(model_, block)));
  measured_ += n;
}

void ReconstructionView::choose() {
  const int64_t searched = what_.order == "worst" ? to_measure_ : pixels_.size(0);
  at::Tensor candidates = at::arange(searched, at::kLong);
  if (what_.digit >= 0) {
    candidates = (labels_.narrow(0, 0, searched) == what_.digit).nonzero().reshape({-1});
  }
  if (what_.order == "worst") {
    candidates = candidates.index_select(0, mse_.index_select(0, candidates).argsort(0, /*descending=*/true));
  }
  block_->available = candidates.size(0);
  const int64_t last = std::max<int64_t>(0, block_->available - 1);
  block_->offset = std::clamp<int64_t>(what_.offset, 0, last);
  const int64_t n = std::min(std::clamp<int64_t>(what_.count, 1, 400), block_->available - block_->offset);
  const at::Tensor chosen = candidates.narrow(0, block_->offset, std::max<int64_t>(0, n));
  block_->index = numbers_in<int32_t>(chosen.to(at::kInt));
  shown_ = pixels_.index_select(0, chosen);
  reconstruction_ = at::empty({shown_.size(0), kDigitPixels}, at::kFloat);
}

void ReconstructionView::reconstruct_slice() {
  at::NoGradGuard no_grad;
  const int64_t n = std::min(model_.autoencoder->slice_digits(), shown_.size(0) - reconstructed_);
  reconstruction_.narrow(0, reconstructed_, n)
      .copy_(inference::reconstruct_pixels(model_, shown_.narrow(0, reconstructed_, n)));
  reconstructed_ += n;
}

void ReconstructionView::finish_block() {
  at::NoGradGuard no_grad;
  const auto indices =
      at::tensor(std::vector<int64_t>(block_->index.begin(), block_->index.end()), at::kLong);
  block_->split = what_.split;
  block_->order = what_.order;
  block_->digit = what_.digit;
  block_->labels = numbers_in<uint8_t>(labels_.index_select(0, indices).to(at::kByte));
  block_->original = data::image_sheet(shown_);
  block_->reconstruction = data::image_sheet(data::to_pixels(reconstruction_));
  block_->mse = numbers_in<float>(errors_of(shown_, reconstruction_));
  block_->psnr_count = to_measure_;
  if (to_measure_ > 0) block_->psnr = -10 * std::log10(std::max(1e-12, mse_.mean().item<double>()));
  block_->trained_step = model_.autoencoder_steps;
}

std::shared_ptr<ReconstructionBlock> ReconstructionView::take() { return block_; }

}  // namespace lf::preview
