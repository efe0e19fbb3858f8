// The stage of a run in which its flow is trained.
#pragma once

#include <memory>

#include "run/run_scene.h"
#include "run/stages/held_out.h"
#include "run/stages/latent_stage.h"
#include "run/stages/reflow_stage.h"
#include "training/flow/trainer.h"

namespace lf::run {

class FlowStage {
 public:
  /// Trains on `latents`, or in a reflow on `pairs` (null else), from where the scene's checkpoint left it.
  /// All of these outlive it.
  FlowStage(RunScene& scene, LatentStage& latents, ReflowStage* pairs);

  /// One slice. True when it completed an optimiser step.
  bool advance_step();
  /// One slice of the held-out test under way; false where there is none.
  bool test_slice();

  int64_t step() const { return trainer_->step(); }
  bool done() const { return trainer_->done(); }
  bool under_way() const { return trainer_->under_way(); }
  bool open_ended() const { return trainer_->open_ended(); }
  int64_t steps_per_epoch() const { return trainer_->steps_per_epoch(); }
  double start_loss() const { return start_loss_; }
  bool lost() const { return watch_.lost(); }
  bool weights_whole() const { return trainer_->weights_whole(); }
  void hold() { trainer_->hold(); }
  void set_rate_factor(double factor) { trainer_->set_rate_factor(factor); }

  /// Trains the finished flow `steps` more with a re-warmed schedule.
  void extend(int64_t steps);
  /// An open-ended run has this score: where the goal is reached, its final decay begins after the step under
  /// way.
  void note_fd(double fd_percent);
  /// The flow's learning rate falls to nothing over the next `steps` steps.
  void finish_within(int64_t steps);
  /// As FlowTrainer::set_decay.
  void set_decay(double decay) { trainer_->set_decay(decay); }

  std::map<std::string, at::Tensor> to_map() const { return trainer_->to_map(); }

 private:
  void make_trainer(LatentStage& latents, ReflowStage* pairs);
  double first_loss(const LatentStage& latents) const;
  void after_step();
  void begin_test();

  RunScene& scene_;
  training::FlowTrainingOptions options_;
  std::unique_ptr<training::FlowTrainer> trainer_;
  std::unique_ptr<FlowTest> test_;
  training::FlowBatch held_out_;
  records::LossWatch watch_;
  WatchedTrainer watched_;
  double start_loss_ = 0;
  bool goal_reached_ = false;  ///< the final decay starts after this step
};

}  // namespace lf::run
