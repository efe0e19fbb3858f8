// The second half of JudgeTrainer: scores of real and damaged digits with the finished network.
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <array>

#include "base/classes.h"
#include "base/errors.h"
#include "metrics/image_bytes.h"
#include "training/judge/trainer.h"

namespace lf::training {
namespace {

constexpr int64_t kBlock = 256;
// The noise floor falls nearly as 1/n: a few points and a power law between them give it for every
// n.
constexpr std::array<int64_t, 5> kFloorCounts{64, 256, 1000, 2500, 10000};
enum PassIndex { kTrain, kTest, kNoise005, kNoise01, kBlur };

at::Tensor unchanged(const at::Tensor& images_u8) { return images_u8; }

at::Tensor blurred(const at::Tensor& images_u8) {
  return metrics::to_bytes(at::avg_pool2d(metrics::to_unit(images_u8), 3, /*stride=*/1, /*padding=*/1));
}

std::function<at::Tensor(const at::Tensor&)> noisy(double sigma, const at::Generator& generator) {
  return [=](const at::Tensor& images_u8) {
    at::Tensor images = metrics::to_unit(images_u8);
    return metrics::to_bytes(images + sigma * at::randn(images.sizes(), generator));
  };
}

ByClass<int64_t> count_labels(const at::Tensor& labels) {
  at::Tensor counts = at::bincount(labels, {}, kClasses).contiguous();
  ByClass<int64_t> result;
  std::copy_n(counts.const_data_ptr<int64_t>(), kClasses, result.begin());
  return result;
}

}  // namespace

void JudgeTrainer::begin_calibration() {
  at::Generator generator = at::detail::createCPUGenerator(seed_ + 3);
  passes_ = {{train_images_, unchanged},
             {test_images_, unchanged},
             {test_images_, noisy(0.05, generator)},
             {test_images_, noisy(0.1, generator)},
             {test_images_, blurred}};
  for (const Pass& pass : passes_) blocks_total_ += (pass.images.size(0) + kBlock - 1) / kBlock;
  blocks_total_ += kFloorCounts.size();
}

void JudgeTrainer::calibration_slice() {
  if (pass_ < passes_.size()) {
    pass_block();
  } else {
    floor_point();
  }
}

void JudgeTrainer::pass_block() {
  if (!judge_) judge_.emplace(averaged_, metrics::JudgeFacts{});
  Pass& pass = passes_[pass_];
  int64_t count = std::min(kBlock, pass.images.size(0) - next_);
  metrics::JudgeOutput output = judge_->run_block(pass.change(pass.images.narrow(0, next_, count)));
  pass.stats.add(output.features);
  if (pass_ == kTrain) train_features_.push_back(output.features);
  if (pass_ == kTest)
    correct_ += output.logits.argmax(1).eq(test_labels_.narrow(0, next_, count)).sum().item<int64_t>();
  next_ += count;
  ++blocks_;
  if (next_ < pass.images.size(0)) return;
  next_ = 0;
  ++pass_;
}

void JudgeTrainer::floor_point() {
  if (floors_.empty()) all_features_ = at::cat(train_features_);
  int64_t count = kFloorCounts[floors_.size()];
  ++blocks_;
  const double fd = count < all_features_.size(0)
                        ? metrics::fd_floor(all_features_, passes_[kTrain].stats.finish(), count, seed_ + 4)
                        : 0;
  if (fd > 0) floors_.push_back({count, fd});  // so few digits have no noise floor to measure
  bool last = fd <= 0 || floors_.size() == kFloorCounts.size() ||
              kFloorCounts[floors_.size()] >= all_features_.size(0);
  if (last) end_calibration();
}

void JudgeTrainer::end_calibration() {
  metrics::JudgeFacts facts;
  facts.train = passes_[kTrain].stats.finish();
  auto fd = [&](PassIndex pass) { return metrics::fd_percent(passes_[pass].stats.finish(), facts.train); };
  facts.calibration = {fd(kTest), fd(kNoise005), fd(kNoise01), fd(kBlur)};
  facts.label_counts = count_labels(train_labels_);
  facts.floors = floors_;
  facts.accuracy = double(correct_) / test_images_.size(0);
  facts.data_digest = options_.data_digest;
  if (const std::string fault = metrics::fault_of(facts); !fault.empty())
    throw InputError("cannot train a classifier on these digits: " + fault +
                     "; give digits that differ more");
  judge_.emplace(averaged_, std::move(facts));
  train_features_.clear();
  all_features_.reset();
  done_ = true;
}

}  // namespace lf::training
