#include "metrics/evaluator.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <limits>

#include "base/classes.h"
#include "base/errors.h"
#include "metrics/image_bytes.h"

namespace lf::metrics {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr int64_t kMostQueries = 1000;
constexpr int64_t kLargestBlock = 256;

int64_t ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }

void check(const EvaluationRequest& request) {
  if (!request.generate) throw InputError("cannot evaluate: no model makes samples");
  if (request.count < 2)
    throw InputError("cannot evaluate " + std::to_string(request.count) + " samples: at least 2 are needed");
  if (request.block < 1 || request.block > kLargestBlock)
    throw InputError("cannot evaluate in blocks of " + std::to_string(request.block) +
                     ": 1 to 256 are possible");
}

}  // namespace

at::Tensor draw_digits(const ByClass<int64_t>& label_counts, int64_t count, uint64_t seed) {
  at::Tensor weights = at::tensor(at::ArrayRef<int64_t>(label_counts)).to(at::kDouble);
  return at::multinomial(weights, count, /*replacement=*/true, at::detail::createCPUGenerator(seed));
}

Evaluator::Evaluator(Judge judge, EvaluationRequest request)
    : judge_(std::move(judge)), request_(std::move(request)) {
  check(request_);
  labels_ = draw_digits(judge_.facts().label_counts, request_.count, request_.seed);
}

bool Evaluator::wants_reconstructions() const {
  return request_.reconstruct && request_.test_images.defined() && request_.test_images.size(0) > 1;
}

bool Evaluator::wants_copies() const {
  return request_.memorisation_count > 0 && request_.train_images.defined() && request_.test_images.defined();
}

double Evaluator::progress() const {
  if (stage_ == Stage::kDone) return 1;
  double total = ceil_div(request_.count, request_.block);
  if (wants_reconstructions()) total += ceil_div(request_.test_images.size(0), request_.block);
  if (wants_copies()) total += 2 * ceil_div(request_.train_images.size(0), NeighbourSearch::kBlock);
  return std::min(1.0, slices_ / total);
}

bool Evaluator::advance() {
  if (stage_ == Stage::kDone) return false;
  at::NoGradGuard no_gradient;
  ++slices_;
  bool more = false;
  if (stage_ == Stage::kSamples) more = sample_slice();
  if (stage_ == Stage::kReconstructions) more = reconstruction_slice();
  if (stage_ == Stage::kCopies || stage_ == Stage::kRealCopies) more = search_slice();
  if (!more) enter_next();
  return stage_ != Stage::kDone;
}

bool Evaluator::sample_slice() {
  int64_t count = std::min(request_.block, request_.count - next_);
  at::Tensor wanted = labels_.narrow(0, next_, count);
  at::Tensor images = request_.generate(wanted, static_cast<uint64_t>(next_ / request_.block));
  if (!images.defined()) {
    --slices_;  // progress counts blocks
    return true;
  }
  if (images.size(0) != count) throw RunError("the model made another number of samples than requested");
  JudgeOutput output = judge_.run_block(images);
  features_.add(output.features);
  classes_.add(wanted, output.logits);
  ink_ += mean_ink(images) * count;
  int64_t keep = std::min(kMostQueries, request_.memorisation_count) - next_;
  if (wants_copies() && keep > 0) kept_.push_back(images.narrow(0, 0, std::min(keep, count)).clone());
  next_ += count;
  return next_ < request_.count;
}

bool Evaluator::reconstruction_slice() {
  int64_t count = std::min(request_.block, request_.test_images.size(0) - next_);
  at::Tensor originals = request_.test_images.narrow(0, next_, count);
  at::Tensor restored = request_.reconstruct(originals);
  errors_.add(originals, restored);
  reconstructed_.add(judge_.run_block(to_bytes(restored)).features);
  next_ += count;
  return next_ < request_.test_images.size(0);
}

bool Evaluator::search_slice() {
  if (search_->advance()) return true;
  (stage_ == Stage::kCopies ? samples_near_ : real_near_) = search_->finish();
  search_.reset();
  return false;
}

void Evaluator::enter_next() {
  next_ = 0;
  if (stage_ == Stage::kSamples && wants_reconstructions()) {
    stage_ = Stage::kReconstructions;
  } else if (stage_ <= Stage::kReconstructions && wants_copies()) {
    stage_ = Stage::kCopies;
    search_.emplace(at::cat(kept_), request_.train_images);
  } else if (stage_ == Stage::kCopies) {
    stage_ = Stage::kRealCopies;
    int64_t count = std::min(kMostQueries, request_.test_images.size(0));
    search_.emplace(request_.test_images.narrow(0, 0, count), request_.train_images);
  } else {
    stage_ = Stage::kDone;
  }
}

Evaluation Evaluator::finish() const {
  if (stage_ != Stage::kDone) throw RunError("the evaluation is not finished");
  const JudgeFacts& facts = judge_.facts();
  Evaluation result;
  result.count = request_.count;
  result.judge = judge_.name();
  result.fd = fd_percent(features_.finish(), facts.train);
  result.fd_floor = judge_.floor_for(request_.count);
  result.grade = grade(result.fd, facts.calibration.test);
  result.class_kl = classes_.kl_to(facts.label_counts);
  result.mean_ink = ink_ / request_.count;
  result.psnr = errors_.psnr();
  result.rfd = wants_reconstructions() ? fd_percent(reconstructed_.finish(), facts.train) : kUnknown;
  add_accuracy(result);
  add_copies(result);
  return result;
}

void Evaluator::add_accuracy(Evaluation& result) const {
  result.accuracy = request_.labelled ? classes_.accuracy() : kUnknown;
  result.digit_accuracy = classes_.digit_accuracy();
  result.confusion = classes_.confusion();
  if (!request_.labelled) result.digit_accuracy.fill(kUnknown);
}

void Evaluator::add_copies(Evaluation& result) const {
  result.memorisation = kUnknown;
  if (!samples_near_ || !real_near_) return;
  at::Tensor labels = labels_.narrow(0, 0, samples_near_->first.size(0));
  result.copies = judge_memorisation(*samples_near_, labels, *real_near_);
  result.memorisation = result.copies->share_below;
  result.memorisation_alarm = result.copies->alarm;
}

}  // namespace lf::metrics
