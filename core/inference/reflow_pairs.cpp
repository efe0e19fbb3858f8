#include "inference/reflow_pairs.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "base/classes.h"
#include "base/errors.h"
#include "data/generator.h"
#include "inference/sampling.h"

namespace lf::inference {
namespace {

constexpr int64_t kBlock = 250;
/// Fine enough that the solver's error (0.3 % of a latent's standard deviation) is far below the
/// error of one step.
constexpr const char* kSolver = "midpoint";
constexpr int64_t kSteps = 16;

/// The counter of a block in a round; no two rounds share one.
uint64_t counter(int64_t round, int64_t block) {
  return (static_cast<uint64_t>(round) << 32) + static_cast<uint64_t>(block);
}

/// Noise and labels, block by block, so that they can be made again without being kept in a file.
training::FlowPairs unsolved_pairs(const PairPlan& plan) {
  training::FlowPairs pairs{at::empty({plan.count, models::kLatentSize}),
                            at::zeros({plan.count, models::kLatentSize}), cycled_labels(0, plan.count, -1)};
  for (int64_t first = 0; first < plan.count; first += kBlock) {
    const int64_t n = std::min(kBlock, plan.count - first);
    auto generator =
        data::make_generator(plan.seed, Purpose::ReflowPairs, counter(plan.round, first / kBlock));
    pairs.x0.narrow(0, first, n).copy_(at::randn({n, models::kLatentSize}, generator, at::kFloat));
    const at::Tensor hidden = at::rand({n}, generator, at::kFloat) < plan.unlabelled;
    pairs.labels.narrow(0, first, n).masked_fill_(hidden, kNoClass);
  }
  return pairs;
}

}  // namespace

ReflowPairMaker::ReflowPairMaker(const Model* teacher, const PairPlan& plan)
    : teacher_(teacher), plan_(plan), pairs_(unsolved_pairs(plan)) {}

double ReflowPairMaker::progress() const {
  const double block =
      integration_ ? static_cast<double>(integration_->trajectory().t.size() - 1) / kSteps : 0;
  return std::min(1.0, (static_cast<double>(made_) + block * kBlock) / static_cast<double>(plan_.count));
}

bool ReflowPairMaker::advance() {
  const at::NoGradGuard no_grad;
  if (complete()) return false;
  if (!integration_) begin_block();
  integration_->supply(field_(integration_->wanted_x(), integration_->wanted_t()));
  if (integration_->done()) finish_block();
  return !complete();
}

void ReflowPairMaker::begin_block() {
  const training::FlowPairs block = pairs_.rows(made_, std::min(kBlock, plan_.count - made_));
  field_ = model_velocity(*teacher_, block.labels, 1);
  integration_.emplace(training::as_maps(block.x0), integrate_options({kSolver, kSteps, 1}));
}

void ReflowPairMaker::finish_block() {
  const at::Tensor ends = integration_->trajectory().x.back().flatten(1);
  pairs_.x1.narrow(0, made_, ends.size(0)).copy_(ends);
  made_ += ends.size(0);
  integration_.reset();
}

void ReflowPairMaker::load(const at::Tensor& ends, const std::string& file) {
  if (ends.dim() != 2 || ends.size(1) != models::kLatentSize || ends.size(0) > plan_.count ||
      !at::isfinite(ends).all().item<bool>())
    throw InputError(file + ": the pairs of the reflow are damaged; reflow the previous model again");
  made_ = ends.size(0);
  pairs_.x1.narrow(0, 0, made_).copy_(ends);
  integration_.reset();
}

int64_t reflows(const Model& model) {
  const auto found = model.facts.find("reflow");
  return found == model.facts.end() ? 0 : std::strtoll(found->second.c_str(), nullptr, 10);
}

std::unique_ptr<Model> student_of(const Model& from) {
  auto model = make_model(from.settings);
  if (from.autoencoder->trained_here())
    model->autoencoder->parameters().copy_from(from.autoencoder->parameters());
  else
    model->autoencoder = from.autoencoder;
  model->net->parameters().copy_from(from.average->parameters());
  if (model->averages()) model->average->parameters().copy_from(from.average->parameters());
  model->standardisation = {from.standardisation.shift.clone(), from.standardisation.scale.clone()};
  model->autoencoder_steps = from.autoencoder_steps;
  model->data_name = from.data_name;
  model->data_digest = from.data_digest;
  model->facts["reflow"] = std::to_string(reflows(from) + 1);
  return model;
}

}  // namespace lf::inference
