#include "run/stages/reflow_stage.h"

#include "base/errors.h"

namespace lf::run {

ReflowStage::ReflowStage(const RunScene& scene, const inference::PairPlan& plan, int64_t held_out)
    : plan_(plan), held_out_(held_out) {
  if (scene.model.flow_steps == 0) inference::freeze(scene.model, teacher_);
  maker_ = std::make_unique<inference::ReflowPairMaker>(teacher_.get(), plan_);
  const auto made = scene.resume.find("reflow.ends");
  if (made != scene.resume.end()) maker_->load(made->second, scene.resume_file);
  if (!teacher_ && !maker_->complete())
    throw InputError(scene.resume_file +
                     ": pairs of the reflow are missing; reflow the previous model again");
}

const training::FlowPairs& ReflowStage::training() {
  training_ = maker_->pairs().rows(0, plan_.count - held_out_);
  return training_;
}

training::FlowBatch ReflowStage::held_out_batch(const training::FlowTrainingOptions& options) const {
  const training::FlowPairs last = maker_->pairs().rows(plan_.count - held_out_, held_out_);
  return training::draw_pair_batch(last, at::arange(held_out_, at::kLong),
                                   {options.time_law, 0, options.seed},
                                   UINT64_MAX);  // no step has this counter
}

}  // namespace lf::run
