#include "lab/lab.h"

#include <array>

#include "messages/errors.h"

namespace lf {
namespace {

struct Maker {
  const char* tool;
  std::unique_ptr<LabWork> (*make)(const LabInput&);
};
constexpr std::array<Maker, 3> kMakers{{{"ghost", make_endpoint_ghost},
                                        {"solvers", make_solver_microscope},
                                        {"guidance", make_guidance_anatomy}}};

}  // namespace

std::unique_ptr<LabWork> make_lab_work(const std::string& tool, const LabInput& input) {
  lab_tool(tool);  // refuses unknown ids
  for (const Maker& maker : kMakers) {
    if (tool == maker.tool) return maker.make(input);
  }
  throw RunError("the lab tool " + tool + " has no work behind it");
}

void Lab::open(const std::string& tool, bool unlabelled) {
  if (tool == tool_ && unlabelled == unlabelled_) return;
  if (!tool.empty()) lab_tool(tool);
  tool_ = tool;
  unlabelled_ = unlabelled;
  restart();
}

void Lab::set_model(const Model* model) {
  model_ = model;
  restart();
}

void Lab::set_judge(std::shared_ptr<const Judge> judge) {
  if (judge == judge_) return;
  judge_ = std::move(judge);
  restart();
}

void Lab::set_options(const LabOptions& options) {
  if (options == options_) return;
  options_ = options;
  restart();
}

/// What was shown stays until there is something new, unless it answers another question.
void Lab::restart() {
  work_.reset();
  answered_ = false;
  stale_ = is_open() && model_ != nullptr;
  if (block_->tool != tool_ || model_ == nullptr) block_ = std::make_shared<LabBlock>(fresh_block());
}

LabBlock Lab::fresh_block() const {
  LabBlock block;
  block.tool = tool_;
  block.seed = options_.seed;
  block.guidance = options_.guidance;
  block.digit = options_.digit;
  block.unlabelled = unlabelled_;
  if (model_) block.trained_step = frozen_ ? flow_steps_ : model_->flow_steps;
  block.version = versions_;
  return block;
}

bool Lab::due() const {
  if (!is_open() || model_ == nullptr) return false;
  if (stale_ || work_) return true;
  return flow_steps_ != model_->flow_steps || autoencoder_steps_ != model_->autoencoder_steps;
}

void Lab::begin() {
  freeze(*model_, frozen_);
  flow_steps_ = model_->flow_steps;
  autoencoder_steps_ = model_->autoencoder_steps;
  stale_ = false;
  try {
    LabOptions options = options_;
    if (unlabelled_) options.guidance = 0, options.digit = -1;
    work_ = make_lab_work(tool_, {*frozen_, judge_.get(), options});
  } catch (const InputError& refused) {
    LabBlock block = fresh_block();
    block.problem = refused.what();
    block.complete = answered_ = true;
    block.version = ++versions_;
    block_ = std::make_shared<LabBlock>(std::move(block));
  }
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
  if (!work_) return begin();
  const bool more = work_->advance();
  // An answer for older weights is better than half of a new one.
  if (!more || (work_->news() && !answered_)) publish(!more);
  if (more) return;
  answered_ = true;
  work_.reset();
}

}  // namespace lf
