#include "worker/current_run/event_images.h"

#include <algorithm>

#include "base/classes.h"
#include "figures/figures.h"
#include "inference/noise.h"

namespace lf::worker {
namespace {

constexpr int64_t kSamples = 4 * kClasses, kReconstructions = 10;
constexpr int64_t kNoiseSeed = 7;  ///< the same noise in every run, so that runs can be compared

InspectCommand first_test_digits() {
  InspectCommand what;
  what.count = kReconstructions;
  return what;
}

}  // namespace

EventImages::EventImages(const inference::Model& model, const data::DataTensors& data, Wish wish) {
  if (wish.reconstructions)
    reconstructions_ = std::make_unique<preview::ReconstructionView>(model, data, first_test_digits(), 0);
  if (!wish.samples) return;
  const int64_t count = std::min(kSamples, inference::sample_batch(model));
  labels_ =
      model.net->labelled() ? inference::cycled_labels(0, count, -1) : at::full({count}, kNoClass, at::kLong);
  samples_ = std::make_unique<inference::BatchSampler>(
      model, labels_, inference::sample_options(model.settings), inference::preview_noise(kNoiseSeed, count));
}

bool EventImages::advance() {
  if (reconstructions_ && !block_) {
    if (!reconstructions_->advance()) block_ = reconstructions_->take();
  } else if (samples_ && !sampled_) {
    sampled_ = !samples_->advance();
  }
  return (reconstructions_ && !block_) || (samples_ && !sampled_);
}

double EventImages::progress() const {
  const double first = !reconstructions_ || block_ ? 1 : reconstructions_->progress();
  const double second = !samples_ || sampled_ ? 1 : samples_->progress();
  return (first + second) / 2;
}

std::vector<uint8_t> EventImages::reconstructions_png() const {
  if (!block_ || block_->original.empty()) return {};
  ImageSheet rows = block_->original;
  rows.append(block_->reconstruction);
  std::vector<uint8_t> labels = block_->labels;
  labels.insert(labels.end(), block_->labels.begin(), block_->labels.end());
  return figures::sample_grid_png(rows, labels);
}

std::vector<uint8_t> EventImages::samples_png() const {
  if (!sampled_) return {};
  const at::Tensor labels = labels_.to(at::kByte).contiguous();
  const auto* pixels = samples_->pixels().data_ptr<uint8_t>();
  const auto* classes = labels.data_ptr<uint8_t>();
  return figures::sample_grid_png(ImageSheet({pixels, pixels + samples_->pixels().numel()}),
                                  {classes, classes + labels.numel()});
}

}  // namespace lf::worker
