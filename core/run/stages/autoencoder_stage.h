// The stage of a run in which its autoencoder is trained; its decoder may learn on beside the flow.
#pragma once

#include <memory>

#include "run/run_scene.h"
#include "run/stages/held_out.h"
#include "training/autoencoder/trainer.h"

namespace lf::run {

class AutoencoderStage {
 public:
  /// Trains the own autoencoder of the scene's model, from where the scene's checkpoint left it. `scene`
  /// outlives it.
  explicit AutoencoderStage(RunScene& scene);

  /// One slice, before the flow. True when it completed an optimiser step.
  bool advance_step();
  /// The steps that come before the flow are done.
  bool done() const { return trainer_->step() >= scene_.plan.encoder_steps; }

  /// The encoder stays as it is; `latents` are of all training digits and outlive this.
  void freeze_encoder(const training::LatentCache& latents);
  /// Is the decoder's turn before the flow's next step? `flow_busy`: a flow step is under way.
  bool decoder_due(int64_t flow_step, bool flow_busy) const;
  /// One slice of the decoder alone.
  void advance_decoder();

  /// One slice of the held-out test under way; false where there is none.
  bool test_slice();
  bool lost() const { return watch_.lost(); }
  bool weights_whole() const { return trainer_->weights_whole(); }
  void hold() { trainer_->hold(); }
  void set_rate_factor(double factor) { trainer_->set_rate_factor(factor); }
  std::map<std::string, at::Tensor> to_map() const { return trainer_->to_map(); }

 private:
  void after_step();
  void note_collapse(double loss);

  RunScene& scene_;
  std::unique_ptr<training::AutoencoderTrainer> trainer_;
  std::unique_ptr<AutoencoderTest> test_;
  records::LossWatch watch_;
  WatchedTrainer watched_;
  bool collapse_told_ = false;
};

}  // namespace lf::run
