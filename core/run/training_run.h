// One run from start to end: measures the machine, trains the autoencoder, encodes, trains the
// flow.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "base/sliced_work.h"
#include "run/run_status.h"
#include "run/speed_probe.h"
#include "run/stages/autoencoder_stage.h"
#include "run/stages/flow_stage.h"
#include "run/stages/latent_stage.h"
#include "run/stages/reflow_stage.h"

namespace lf::run {

/// The provenance in the state of a checkpoint; unknown in those of earlier versions. Throws
/// InputError.
records::Provenance stored_provenance(const std::map<std::string, at::Tensor>& tensors,
                                      const std::string& file);

class TrainingRun : public SlicedWork {
 public:
  /// `model` and `data` outlive the run, and so does `accelerator`, on which its steps run if it is
  /// not null; the model is there already.
  TrainingRun(inference::Model& model, const data::DataTensors& data, const Budget& budget,
              training::Accelerator* accelerator = nullptr);
  TrainingRun(const TrainingRun&) = delete;  // the stages refer to its scene
  TrainingRun& operator=(const TrainingRun&) = delete;

  /// Before the first slice: keeps the autoencoder and trains the already trained flow on `pairs`
  /// of noise and of the latent that the flow generates from it, for straighter trajectories (Liu
  /// et al. 2023). On the processor.
  void reflow(int64_t pairs);
  /// Before the first slice: repeats another run, whose plan `provenance` tells; no budget is asked. What
  /// happened to that run must be repeated, too.
  void repeat(const records::Provenance& provenance);

  /// One bounded slice. False once finished.
  bool advance() override;
  /// By time; 0 while the remaining time is unknown.
  double progress() const override;
  /// True when the last slice completed an optimiser step of the stage; the decoder's steps beside
  /// the flow do not count.
  bool stepped() const { return stepped_; }

  /// Where the run is, in plain numbers.
  RunStatus status() const;
  RunStage stage() const { return stage_; }
  const records::History& history() const { return scene_.history; }
  /// Its provenance so far: changes, and digests of its weights.
  const records::Provenance& provenance() const { return scene_.notes.provenance(); }
  /// For a reflow, the model before it; null otherwise, or if it was resumed after its pairs were
  /// complete.
  const inference::Model* teacher() const { return pairs_ ? pairs_->teacher() : nullptr; }
  /// The known posteriors of the training set; null before the first.
  const training::LatentCache* train_latents() const { return latents_ ? &latents_->train() : nullptr; }
  /// The device of its steps; null on the processor.
  training::Accelerator* accelerator() const { return scene_.accelerator; }
  /// A warning since the last call that does not end the run; usually "".
  std::string take_warning() { return std::exchange(scene_.warning, ""); }

  /// False in the middle of a step that has already changed some weights: they are then not a valid
  /// model. On an accelerator false while unreported steps are pending.
  bool weights_whole() const;
  /// Starts no further step on an accelerator until the weights are complete.
  void hold();
  /// Finishes a step that is under way.
  void settle();
  /// For an accelerator, whose steps run ahead: true allows one step at a time.
  void set_single_steps(bool single) { scene_.single_steps = single; }
  /// Keeps the posteriors of an autoencoder from a file on disk, for this and every other run. Throws
  /// RunError.
  void save_latents() const;

  /// Trains the finished flow further with a re-warmed schedule. Throws InputError before the flow.
  void extend(const Budget& budget);
  /// Completes the current step; multiplies all later learning rates by `factor` in (0, 1], on top
  /// of earlier factors.
  void lower_rates(double factor);
  /// After settle(), in the flow: notes that a branch of the run `parent` begins here. The model has
  /// `settings` from now on; they apply once this state is loaded by a new run.
  void begin_branch(const std::string& parent, const Settings& settings);
  /// Adds a live score to the curves; an open-ended run that has reached its goal begins its final decay
  /// after the step under way.
  void record_fd(double fd_percent);
  /// The flow's learning rate falls to nothing over the next `steps` steps.
  void finish_within(int64_t steps) { flow_->finish_within(steps); }

  /// Everything that a bit-exact resume needs besides the model file's tensors.
  std::map<std::string, at::Tensor> to_map() const;
  /// Continues from a checkpoint: the stage follows from the step counts. Throws InputError.
  void load(const std::map<std::string, at::Tensor>& tensors, const std::string& file);

 private:
  void measure(ProbeFor purpose);
  records::RunPlan make_plan(const Budget& budget, double spent) const;
  bool slice();
  bool test_slice();
  void begin_autoencoder();
  void begin_provenance();
  void begin_latents();
  void begin_pairs_or_flow();
  void begin_flow();
  bool flow_slice();
  double seconds_left() const;

  RunScene scene_;
  Budget budget_;
  inference::PairPlan reflow_;  ///< count 0: no reflow
  RunStage stage_ = RunStage::Measure;
  bool stepped_ = false;
  // The stages, each from its beginning to the end of the run.
  std::unique_ptr<SpeedProbe> probe_;
  std::unique_ptr<AutoencoderStage> autoencoder_;  ///< null also for an autoencoder that is not trained
  std::unique_ptr<LatentStage> latents_;
  std::unique_ptr<ReflowStage> pairs_;
  std::unique_ptr<FlowStage> flow_;
};

}  // namespace lf::run
