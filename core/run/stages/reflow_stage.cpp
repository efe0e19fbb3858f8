#include "run/stages/reflow_stage.h"

#include "base/errors.h"

namespace lf {

ReflowStage::ReflowStage(const RunScene& scene, const PairPlan& plan, int64_t held_out)
    : plan_(plan), held_out_(held_out) {
  if (scene.model.flow_steps == 0) freeze(scene.model, teacher_);
  maker_ = std::make_unique<ReflowPairMaker>(teacher_.get(), plan_);
  const auto made = scene.resume.find("reflow.ends");
  if (made != scene.resume.end()) maker_->load(made->second, scene.resume_file);
  if (!teacher_ && !maker_->complete())
    throw InputError(scene.resume_file +
                     ": pairs of the reflow are missing; reflow the previous model again");
}

const FlowPairs& ReflowStage::training() {
  training_ = maker_->pairs().rows(0, plan_.count - held_out_);
  return training_;
}

FlowBatch ReflowStage::held_out_batch(const FlowTrainingOptions& options) const {
  const FlowPairs last = maker_->pairs().rows(plan_.count - held_out_, held_out_);
  return draw_pair_batch(last, at::arange(held_out_, at::kLong), {options.time_law, 0, options.seed},
                         UINT64_MAX);  // no step has this counter
}

}  // namespace lf
