#include "run/stages/held_out.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "data/generator.h"
#include "flow/loss.h"
#include "flow/paths.h"
#include "training/autoencoder/trainer.h"

namespace lf::run {
namespace {

constexpr int64_t kAutoencoderDigits = 256, kBlock = 256;
constexpr int64_t kMostFlowDigits = 512, kLeastFlowDigits = 128, kFlowSlices = 16;

at::Tensor fixed_normal(std::vector<int64_t> shape, uint64_t seed, uint64_t which) {
  auto generator = data::make_generator(seed, Purpose::HeldOut, which);
  return at::randn(shape, generator, at::kFloat);
}

}  // namespace

AutoencoderTest::AutoencoderTest(const inference::Model& model, const at::Tensor& test_pixels)
    : model_(model) {
  pixels_ = test_pixels.narrow(0, 0, std::min(kAutoencoderDigits, test_pixels.size(0)));
  noise_ = fixed_normal({pixels_.size(0), models::kLatentChannels, models::kLatentSide, models::kLatentSide},
                        1, 0);
}

bool AutoencoderTest::advance() {
  at::NoGradGuard no_grad;
  const int64_t n = std::min(kBlock, pixels_.size(0) - done_);
  const at::Tensor images = data::image_batch(pixels_, at::arange(done_, done_ + n, at::kLong));
  const auto loss = training::autoencoder_loss(*model_.own_autoencoder(), images, noise_.narrow(0, done_, n),
                                               model_.settings.autoencoder.beta);
  sum_ += loss.total.item<double>() * static_cast<double>(n);
  done_ += n;
  return done_ < pixels_.size(0);
}

double mean_digit_loss(const at::Tensor& test_pixels) {
  const int64_t n = std::min(kAutoencoderDigits, test_pixels.size(0));
  const at::Tensor images = test_pixels.narrow(0, 0, n).flatten(1).to(at::kDouble) / 255;
  const at::Tensor mean = images.mean(0, /*keepdim=*/true).expand_as(images);
  return at::binary_cross_entropy(mean, images, {}, at::Reduction::Sum).item<double>() /
         static_cast<double>(n);
}

FlowTest::FlowTest(const inference::Model& model, training::FlowBatch batch, int64_t bins)
    : model_(model),
      batch_(std::move(batch)),
      bins_(bins),
      losses_(at::zeros({batch_.t.size(0)}, at::kFloat)) {}

bool FlowTest::advance() {
  at::NoGradGuard no_grad;
  const int64_t block = std::min(kBlock, 2 * model_.average->slice_digits());
  const int64_t n = std::min(block, batch_.t.size(0) - done_);
  const auto part = [&](const at::Tensor& tensor) { return tensor.narrow(0, done_, n); };
  const auto path =
      flow::ot_path(part(batch_.x0), part(batch_.x1), part(batch_.t), model_.settings.flow.sigma_min);
  const at::Tensor v = model_.average->forward(path.x_t, part(batch_.t), part(batch_.labels));
  losses_.narrow(0, done_, n).copy_(flow::loss_per_sample(v, path.target));
  done_ += n;
  return done_ < batch_.t.size(0);
}

double FlowTest::result() const { return losses_.mean().item<double>(); }

std::vector<float> FlowTest::by_time() const {
  std::vector<double> sum(static_cast<size_t>(bins_), 0);
  std::vector<int64_t> count(static_cast<size_t>(bins_), 0);
  for (int64_t i = 0; i < losses_.size(0); ++i) {
    const auto t = batch_.t[i].item<double>();
    const auto bin = static_cast<size_t>(
        std::clamp<int64_t>(static_cast<int64_t>(t * static_cast<double>(bins_)), 0, bins_ - 1));
    sum[bin] += losses_[i].item<double>();
    ++count[bin];
  }
  std::vector<float> means;
  for (size_t b = 0; b < sum.size(); ++b) {
    means.push_back(count[b] ? static_cast<float>(sum[b] / static_cast<double>(count[b])) : 0.0f);
  }
  return means;
}

int64_t held_out_digits(const inference::Model& model, int64_t test_count) {
  const int64_t affordable = kFlowSlices * model.average->slice_digits();
  return std::min(std::clamp(affordable, kLeastFlowDigits, kMostFlowDigits), test_count);
}

training::FlowBatch held_out_batch(const inference::Model& model, const training::Latents& test,
                                   const at::Tensor& labels, const training::FlowTrainingOptions& options) {
  const uint64_t seed = options.seed;
  const int64_t n = test.mean.size(0);
  const auto maps = [&](const at::Tensor& flat) {
    return flat.view({n, models::kLatentChannels, models::kLatentSide, models::kLatentSide});
  };
  const at::Tensor raw =
      at::addcmul(test.mean, test.deviation, fixed_normal({n, models::kLatentSize}, seed, 1));
  auto times = data::make_generator(seed, Purpose::HeldOut, 2);
  training::FlowBatch batch{maps(fixed_normal({n, models::kLatentSize}, seed, 3)),
                            maps(model.standardisation.to_standard(raw)),
                            flow::sample_times(options.time_law, n, times), labels.narrow(0, 0, n)};
  // Optimal transport over more digits finds shorter paths: use the batch size of training.
  for (int64_t first = 0; first < n && options.coupling != flow::CouplingLaw::Independent;
       first += options.batch) {
    const auto part = [&](const at::Tensor& all) {
      return all.narrow(0, first, std::min(options.batch, n - first));
    };
    const at::Tensor x0 = part(batch.x0);
    const at::Tensor rows = flow::couple(options.coupling, x0, part(batch.x1), part(batch.labels)).noise_row;
    x0.copy_(x0.index_select(0, rows));
  }
  return batch;
}

}  // namespace lf::run
