#include "training/judge/trainer.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "base/image_shape.h"
#include "metrics/image_bytes.h"
#include "optim/schedule.h"
#include "training/judge/digit_distortion.h"

namespace lf::training {
namespace {

// Up along half a cosine over the first fifth, then down to 0 along another.
double one_cycle(double peak, int64_t step, int64_t total) {
  constexpr double kRise = 0.2;
  double x = (step + 0.5) / total;
  double phase = x < kRise ? 1 - x / kRise : (x - kRise) / (1 - kRise);
  return optim::cosine_between(peak, 0, phase);
}

// He initialisation: keeps the magnitude of activations through rectified layers. Biases start at
// 0.
at::Tensor fresh_parameter(const std::vector<int64_t>& shape, const at::Generator& generator) {
  if (shape.size() == 1) return at::zeros(shape);
  int64_t fan_in = 1;
  for (size_t i = 1; i < shape.size(); ++i) fan_in *= shape[i];
  return at::randn(shape, generator) * std::sqrt(2.0 / fan_in);
}

void check_set(const files::ImageSet& set, const char* name, size_t least) {
  if (!set.images.holds(set.size()))
    throw InputError(std::string("cannot train a classifier: the ") + name +
                     " set's pixels and labels do not match");
  if (set.size() < least)
    throw InputError(std::string("cannot train a classifier: the ") + name + " set has " +
                     std::to_string(set.size()) + " images, at least " + std::to_string(least) +
                     " are needed");
}

/// Images that are all equal, or all of one class, give no features to score with.
void check_spread(const at::Tensor& images, const at::Tensor& labels) {
  const std::string count = std::to_string(images.size(0));
  if (images.amin(0).eq(images.amax(0)).all().item<bool>())
    throw InputError("cannot train a classifier: all " + count +
                     " training images are the same; give digits that differ");
  if (labels.eq(labels[0]).all().item<bool>())
    throw InputError("cannot train a classifier: all " + count + " training images have the label " +
                     std::to_string(labels[0].item<int64_t>()) +
                     "; a classifier separates classes, give at least two");
}

}  // namespace

JudgeTrainer::JudgeTrainer(const files::ImageSet& train, const files::ImageSet& test, uint64_t seed,
                           JudgeTrainerOptions options)
    : seed_(seed), options_(std::move(options)) {
  check_set(train, "training", options_.batch);
  check_set(test, "test", 2);
  train_images_ = metrics::image_view(train);
  test_images_ = metrics::image_view(test);
  train_labels_ = data::label_tensor(train);
  test_labels_ = data::label_tensor(test);
  check_spread(train_images_, train_labels_);
  order_generator_ = at::detail::createCPUGenerator(seed);
  noise_generator_ = at::detail::createCPUGenerator(seed + 1);
  steps_per_epoch_ = train_images_.size(0) / options_.batch;
  steps_total_ = steps_per_epoch_ * options_.epochs;
  start_network();
  begin_calibration();
}

void JudgeTrainer::start_network() {
  at::Generator generator = at::detail::createCPUGenerator(seed_ + 2);
  for (const metrics::JudgeParameter& row : metrics::judge_parameters()) {
    at::Tensor parameter = fresh_parameter(row.shape, generator);
    averaged_.push_back(parameter.clone());
    first_moments_.push_back(at::zeros_like(parameter));
    second_moments_.push_back(at::zeros_like(parameter));
    counters_.push_back(at::zeros({}));
    parameters_.push_back(parameter.requires_grad_());
  }
}

const char* JudgeTrainer::phase() const {
  if (done_) return "done";
  return step_ < steps_total_ ? "training" : "calibrating";
}

double JudgeTrainer::progress() const {
  // A training step of 128 images, forward and backward, costs about as much as one and a half
  // blocks of 256.
  double total = 1.5 * steps_total_ + blocks_total_;
  return done_ ? 1 : (1.5 * step_ + blocks_) / total;
}

bool JudgeTrainer::advance() {
  if (done_) return false;
  if (step_ < steps_total_) {
    train_step();
  } else {
    calibration_slice();
  }
  return !done_;
}

at::Tensor JudgeTrainer::next_rows() {
  int64_t place = step_ % steps_per_epoch_;
  if (place == 0) order_ = at::randperm(train_images_.size(0), order_generator_, at::kLong);
  return order_.narrow(0, place * options_.batch, options_.batch);
}

void JudgeTrainer::train_step() {
  at::Tensor rows = next_rows();
  at::Tensor images = metrics::to_unit(train_images_.index_select(0, rows));
  images = distort_digits(images, {}, noise_generator_);
  at::Tensor logits = metrics::judge_forward(parameters_, images).logits;
  at::Tensor loss =
      at::cross_entropy_loss(logits, train_labels_.index_select(0, rows), {}, at::Reduction::Mean,
                             /*ignore_index=*/-100, options_.label_smoothing);
  loss.backward();
  std::vector<at::Tensor> gradients;
  for (at::Tensor& parameter : parameters_) gradients.push_back(parameter.grad());
  optimise(gradients);
  for (at::Tensor& parameter : parameters_) parameter.mutable_grad().reset();
  loss_ = loss.item<double>();
  ++step_;
}

void JudgeTrainer::optimise(const std::vector<at::Tensor>& gradients) {
  at::NoGradGuard no_gradient;
  for (at::Tensor& counter : counters_) counter += 1;  // the fused step does not advance its own count
  double rate = one_cycle(options_.peak_rate, step_, steps_total_);
  at::_fused_adamw_(parameters_, gradients, first_moments_, second_moments_, {}, counters_, rate, 0.9, 0.99,
                    options_.weight_decay, 1e-8, /*amsgrad=*/false, /*maximize=*/false);
  // A short memory at first, so that the first random weights are soon forgotten.
  double keep = std::min(options_.averaging, (step_ + 1.0) / (step_ + 10.0));
  at::_foreach_lerp_(averaged_, parameters_, 1 - keep);
}

metrics::Judge JudgeTrainer::finish() const {
  if (!done_) throw RunError("the classifier's training is not finished");
  return *judge_;
}

}  // namespace lf::training
