#include "preview/preview.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>
#include <cstring>

#include "base/classes.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "flow/paths.h"
#include "inference/noise.h"

namespace lf::preview {
namespace {

constexpr int64_t kMostDigits = 40, kParticles = inference::kMostPreviewNoise;
constexpr int64_t kSlicePictures = 240;  ///< decoded or classified at once, if the networks are fast enough

void copy_bytes(const at::Tensor& from, uint8_t* to) {
  std::memcpy(to, from.contiguous().data_ptr(), from.nbytes());
}

}  // namespace

bool PreviewRequest::operator==(const PreviewRequest& other) const {
  return sampler.solver == other.sampler.solver && sampler.steps == other.sampler.steps &&
         sampler.guidance == other.sampler.guidance && seed == other.seed && digit == other.digit &&
         raw_weights == other.raw_weights && digits == other.digits;
}

PreviewRequest preview_request(const Settings& settings) {
  PreviewRequest request;
  request.sampler = {settings.preview.solver, settings.preview.steps, settings.preview.guidance};
  request.seed = settings.preview.seed;
  request.digit = static_cast<int>(settings.preview.digit);
  request.raw_weights = settings.preview.weights == "raw";
  request.digits = settings.preview.digits;
  return request;
}

Preview::Preview(const inference::Model& model, const inference::LatentAxes& axes,
                 const metrics::Judge* judge, PreviewRequest request, bool brief)
    : model_(model),
      axes_(axes),
      judge_(judge),
      request_(std::move(request)),
      digits_(std::clamp<int64_t>(request_.digits, 1, kMostDigits)),
      particles_(brief || model.net->slice_digits() < kParticles ? digits_ : kParticles),
      labels_(inference::cycled_labels(0, particles_, request_.digit)),
      field_(inference::model_velocity(model, labels_, request_.sampler.guidance, request_.raw_weights)),
      integration_(inference::preview_noise(request_.seed, particles_),
                   inference::integrate_options(request_.sampler)) {}

bool Preview::advance() {
  const auto start = std::chrono::steady_clock::now();
  if (!integration_.done()) {
    const double t = integration_.wanted_t();
    const at::Tensor v = field_(integration_.wanted_x(), t);
    // The first evaluation of a step is at its start: this velocity also gives the endpoint
    // estimate there, without extra cost.
    if (velocities_.size() < integration_.trajectory().x.size() && t == integration_.trajectory().t.back()) {
      velocities_.push_back(v.clone());
    }
    integration_.supply(v);
  } else if (!block_) {
    begin_block();
  } else if (decoded_ < to_decode_.size(0)) {
    decode_slice();
  } else if (judge_ && judged_ < block_->t.size()) {
    judge_slice();
  }
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  milliseconds_ += took.count();
  const bool decoded = block_ && decoded_ == to_decode_.size(0);
  return !(decoded && (!judge_ || judged_ == block_->t.size()));
}

double Preview::progress() const {
  if (!block_) return 0.5 * integration_.trajectory().t.back();
  const double decoded = static_cast<double>(decoded_) / static_cast<double>(to_decode_.size(0));
  const double judged = judge_ ? static_cast<double>(judged_) / static_cast<double>(block_->t.size()) : 1;
  return 0.5 + 0.3 * decoded + 0.2 * judged;
}

/// If no velocity was evaluated at exactly this state (the end, or after a jump), the estimate is
/// the state itself.
at::Tensor Preview::guess_at(size_t state) const {
  const flow::Trajectory& path = integration_.trajectory();
  const at::Tensor x = path.x[state].narrow(0, 0, digits_);
  if (state >= velocities_.size()) return x;
  return flow::endpoint_guess(x, velocities_[state].narrow(0, 0, digits_),
                              at::full({digits_}, path.t[state], at::kFloat), model_.settings.flow.sigma_min);
}

/// Projects the points on the map and queues what has to be decoded.
void Preview::begin_block() {
  at::NoGradGuard no_grad;
  const flow::Trajectory& path = integration_.trajectory();
  const size_t states = path.t.size(), pictures = states * static_cast<size_t>(digits_);
  block_ = std::make_shared<FlowBlock>();
  block_->t.assign(path.t.begin(), path.t.end());
  block_->images = ImageSheet::black(pictures);
  block_->endpoints = ImageSheet::black(pictures);
  std::vector<at::Tensor> rows;
  for (size_t s = 0; s < states; ++s) {
    const at::Tensor points = axes_.project(path.x[s]).contiguous();
    block_->points.insert(block_->points.end(), points.data_ptr<float>(),
                          points.data_ptr<float>() + points.numel());
    rows.push_back(path.x[s].narrow(0, 0, digits_).reshape({digits_, models::kLatentSize}));
  }
  for (size_t s = 0; s < states; ++s) rows.push_back(guess_at(s).reshape({digits_, models::kLatentSize}));
  to_decode_ = at::cat(rows);
}

void Preview::decode_slice() {
  const int64_t block = std::min(kSlicePictures, model_.autoencoder->slice_digits());
  const int64_t n = std::min(block, to_decode_.size(0) - decoded_), half = to_decode_.size(0) / 2;
  const at::Tensor pixels = inference::decode_pixels(model_, to_decode_.narrow(0, decoded_, n));
  const int64_t states = std::clamp<int64_t>(half - decoded_, 0, n);  // the others are estimates
  if (states > 0)
    copy_bytes(pixels.narrow(0, 0, states), block_->images.image_data(static_cast<size_t>(decoded_)));
  if (states < n) {
    const auto first = static_cast<size_t>(decoded_ + states - half);
    copy_bytes(pixels.narrow(0, states, n - states), block_->endpoints.image_data(first));
  }
  decoded_ += n;
}

void Preview::judge_slice() {
  at::NoGradGuard no_grad;
  const size_t digits = static_cast<size_t>(digits_), first = judged_ * digits;
  if (block_->judged.empty()) block_->judged.resize(block_->t.size() * digits);
  const int64_t states = std::min<int64_t>(std::max<int64_t>(1, kSlicePictures / digits_),
                                           static_cast<int64_t>(block_->t.size() - judged_));
  const at::Tensor pixels =
      at::from_blob(block_->endpoints.image_data(first), {states * digits_, kDigitPixels}, at::kByte);
  copy_bytes(judge_->run_block(pixels.clone()).logits.argmax(1).to(at::kByte), block_->judged.data() + first);
  judged_ += static_cast<size_t>(states);
}

/// Without class labels, each digit has the class that the judge predicts at its end, 10 without a
/// judge.
void Preview::label_by_judge() {
  std::fill(block_->labels.begin(), block_->labels.end(), uint8_t{kNoClass});
  if (block_->judged.empty() || block_->untrained) return;
  std::copy(block_->judged.end() - digits_, block_->judged.end(), block_->labels.begin());
}

std::shared_ptr<FlowBlock> Preview::take() {
  block_->digits = digits_;
  block_->particles = particles_;
  block_->labels.resize(static_cast<size_t>(particles_));
  copy_bytes(labels_.to(at::kByte), block_->labels.data());
  block_->solver = request_.sampler.solver;
  block_->steps = static_cast<int64_t>(block_->t.size()) - 1;
  block_->nfe = integration_.trajectory().nfe;
  block_->guidance = request_.sampler.guidance;
  block_->seed = request_.seed;
  block_->digit = request_.digit;
  block_->trained_step = model_.flow_steps;
  block_->untrained = model_.flow_steps == 0;
  block_->milliseconds = milliseconds_;
  block_->labelled = model_.net->labelled() && request_.sampler.guidance != 0;
  if (!block_->labelled) label_by_judge();
  return block_;
}

}  // namespace lf::preview
