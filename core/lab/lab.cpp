#include "lab/lab.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "base/errors.h"
#include "lab/tools.h"

namespace lf::lab {
namespace {

/// Tools use blocks of some ten megabytes, in the heap beside those of training. Freed, they leave
/// gaps that the next tool's blocks do not quite fit, so memory would grow with every few rounds of
/// the tools.
void give_back_free_memory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace

std::unique_ptr<LabWork> make_lab_work(const std::string& tool, const LabInput& input) {
  lab_tool(tool);  // throws for unknown ids
#define LF_MAKE(name) \
  if (tool == lab_tool_id(#name)) return make_lab_##name(input);
  LF_LAB_TOOLS(LF_MAKE)
#undef LF_MAKE
  throw RunError("the lab tool " + tool + " is not implemented");
}

void Lab::open(const std::string& tool, const std::map<std::string, std::string>& arguments) {
  LabOptions options = options_;
  options.arguments = tool.empty() ? LabArguments{} : lab_arguments(lab_tool(tool), arguments);
  if (tool == tool_) return change_options(std::move(options));
  tool_ = tool;
  options_ = std::move(options);
  restart();
  give_back_free_memory();
}

void Lab::set_before(const inference::Model* before) {
  if (before == before_) return;
  before_ = before;
  restart();
}

void Lab::set_model(const inference::Model* model) {
  model_ = model;
  before_ = nullptr;
  ++encoders_;
  latents_.offer_train({});
  restart();
}

void Lab::set_judge(std::shared_ptr<const metrics::Judge> judge) {
  if (judge == judge_) return;
  judge_ = std::move(judge);
  restart();
}

void Lab::set_data(const data::DataTensors* data) {
  latents_.set_data(data);
  restart();
}

void Lab::offer_latents(const training::Latents& train) { latents_.offer_train(train); }

void Lab::set_options(LabOptions options) {
  options.arguments = options_.arguments;
  change_options(std::move(options));
}

/// Work that accepts new options keeps its weights and every result that is still valid.
void Lab::change_options(LabOptions options) {
  if (options == options_) return;
  options_ = std::move(options);
  const bool current = work_ && !weights_changed();
  if (!current || !work_->retarget(options_)) return restart();
  working_ = true;
  answered_ = false;
  mark_open();
}

/// The visible result belongs to the previous request. It stays on screen, marked incomplete, so
/// that `wait` does not take it for the new one.
void Lab::mark_open() {
  LabBlock block = *block_;
  block.arguments = options_.arguments;
  block.complete = false;
  block.progress = 0;
  block.problem.clear();
  block_ = std::make_shared<LabBlock>(std::move(block));
}

/// The previous result stays until a new one arrives, unless it belongs to another tool.
void Lab::restart() {
  work_.reset();
  working_ = false;
  answered_ = false;
  stale_ = is_open() && model_ != nullptr;
  if (block_->tool != tool_ || model_ == nullptr)
    block_ = std::make_shared<LabBlock>(fresh_block());
  else
    mark_open();
}

LabBlock Lab::fresh_block() const {
  LabBlock block;
  block.tool = tool_;
  block.arguments = options_.arguments;
  block.seed = options_.seed;
  block.guidance = options_.guidance;
  block.digit = options_.digit;
  if (model_) block.trained_step = frozen_ ? flow_steps_ : model_->flow_steps;
  block.version = versions_;
  return block;
}

bool Lab::weights_changed() const {
  return flow_steps_ != model_->flow_steps || autoencoder_steps_ != model_->autoencoder_steps;
}

bool Lab::due() const {
  if (!is_open() || model_ == nullptr) return false;
  return stale_ || working_ || weights_changed();
}

/// A copy of the encoder's weights; undefined without a model. The latents stay valid while only
/// the decoder trains.
static at::Tensor encoder_weights(const inference::Model* model) {
  if (!model) return {};
  const models::ParameterSet& parameters = model->autoencoder->parameters();
  std::vector<at::Tensor> parts;
  for (size_t i = 0; i < parameters.size(); ++i)
    if (parameters.specs()[i].name.rfind("decoder.", 0) != 0)
      parts.push_back(parameters[i].detach().flatten());
  return parts.empty() ? at::Tensor() : at::cat(parts);
}

void Lab::begin() {
  work_.reset();
  const bool other_steps = autoencoder_steps_ != model_->autoencoder_steps;
  const at::Tensor before = other_steps ? encoder_weights(frozen_.get()) : at::Tensor();
  inference::freeze(*model_, frozen_);
  if (other_steps && !(before.defined() && at::equal(before, encoder_weights(frozen_.get())))) ++encoders_;
  latents_.follow(*frozen_, encoders_);
  flow_steps_ = model_->flow_steps;
  autoencoder_steps_ = model_->autoencoder_steps;
  stale_ = false;
  try {
    work_ = make_lab_work(tool_, {*frozen_, judge_.get(), before_, latents_, options_});
    working_ = true;
  } catch (const InputError& refused) {
    refuse(refused.what());
  }
}

void Lab::refuse(const std::string& why) {
  work_.reset();
  working_ = false;
  LabBlock block = fresh_block();
  block.problem = why;
  block.complete = answered_ = true;
  block.version = ++versions_;
  block_ = std::make_shared<LabBlock>(std::move(block));
}

void Lab::publish(bool complete) {
  LabBlock block = fresh_block();
  block.complete = complete;
  block.progress = complete ? 1 : work_->progress();
  work_->publish(block);
  block.version = ++versions_;
  block_ = std::make_shared<LabBlock>(std::move(block));
}

void Lab::advance() {
  if (!working_) return begin();
  try {
    const bool more = work_->advance();
    // A complete result for older weights is better than half of a new one.
    if (!more || (work_->news() && !answered_)) publish(!more);
    if (more) return;
    answered_ = true;
    working_ = false;
  } catch (const InputError& refused) {  // the request turned out to be impossible
    refuse(refused.what());
  }
}

}  // namespace lf::lab
