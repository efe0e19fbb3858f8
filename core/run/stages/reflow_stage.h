// The stage of a reflow in which the model generates the pairs that it is then trained on.
#pragma once

#include <memory>

#include "base/sliced_work.h"
#include "inference/reflow_pairs.h"
#include "run/run_scene.h"
#include "training/flow/trainer.h"

namespace lf::run {

class ReflowStage : public SlicedWork {
 public:
  /// `held_out` of the pairs are kept for the held-out loss. `scene` outlives it. Throws InputError where a
  /// checkpoint lacks pairs and the model has trained on.
  ReflowStage(const RunScene& scene, const inference::PairPlan& plan, int64_t held_out);

  /// Advances one slice; false when all pairs are complete.
  bool advance() override { return maker_->advance(); }
  double progress() const override { return maker_->progress(); }
  /// The model as it was before the reflow; null where it was resumed after its pairs were made.
  const inference::Model* teacher() const { return teacher_.get(); }
  /// The pairs to train on. They stay where they are.
  const training::FlowPairs& training();
  /// The fixed held-out batch: the last pairs.
  training::FlowBatch held_out_batch(const training::FlowTrainingOptions& options) const;
  /// The ends of the pairs made so far, for a checkpoint.
  at::Tensor made() const { return maker_->made(); }

 private:
  inference::PairPlan plan_;
  int64_t held_out_;
  std::unique_ptr<inference::Model> teacher_;
  std::unique_ptr<inference::ReflowPairMaker> maker_;
  training::FlowPairs training_;
};

}  // namespace lf::run
