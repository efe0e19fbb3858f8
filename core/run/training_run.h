// One run from start to end: measures the machine, trains the autoencoder, encodes, trains the
// flow.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "config/settings.h"
#include "inference/model.h"
#include "inference/pair_maker.h"
#include "preview/reconstruction_view.h"
#include "records/course.h"
#include "records/history.h"
#include "records/loss_watch.h"
#include "run/budget_plan.h"
#include "run/held_out.h"
#include "run/speed_probe.h"
#include "training/autoencoder/trainer.h"
#include "training/flow/trainer.h"
#include "training/latent_cache.h"

namespace lf {

/// The provenance in the state of a checkpoint; unknown in those of earlier versions. Throws
/// InputError.
Course stored_course(const std::map<std::string, at::Tensor>& tensors, const std::string& file);

class TrainingRun {
 public:
  /// Pairs: for a reflow, the model generates its training pairs.
  enum class Stage { Measure, Autoencoder, Latents, Pairs, Flow, Finished };

  /// `model` and `data` outlive the run, and so does `accelerator`, on which its steps run if it is
  /// not null; the model is there already.
  TrainingRun(Model& model, const DataTensors& data, const Budget& budget,
              Accelerator* accelerator = nullptr);

  /// Before the first slice: keeps the autoencoder and trains the already trained flow on `pairs`
  /// of noise and of the latent that the flow generates from it, for straighter trajectories (Liu
  /// et al. 2023). On the processor.
  void reflow(int64_t pairs);
  /// Before the first slice: repeats another run, whose plan is in `course`; the budget is ignored.
  /// The recorded changes must be repeated too.
  void repeat(const Course& course);

  /// One bounded slice. False once finished.
  bool advance();
  /// True when the last slice completed an optimiser step of the stage; the decoder's steps beside
  /// the flow do not count.
  bool stepped() const { return stepped_; }

  Stage stage() const { return stage_; }
  const RunPlan& plan() const { return plan_; }
  const History& history() const { return history_; }
  History& history() { return history_; }
  double seconds() const { return seconds_; }
  /// Estimated remaining training seconds; negative when unknown.
  double seconds_left() const;
  double steps_per_second() const;
  double digits_per_second() const;
  int64_t autoencoder_step() const;
  int64_t flow_step() const;
  /// The product of all changes of its learning rates, in (0, 1].
  double rate_factor() const { return rate_factor_; }
  /// Its provenance so far: changes, and digests of its weights.
  const Course& course() const { return course_; }
  /// For a reflow, the model before it; null otherwise, or if it was resumed after its pairs were
  /// complete.
  const Model* teacher() const { return teacher_.get(); }
  /// Training pairs of a reflow; 0 otherwise.
  int64_t reflow_pairs() const { return reflow_.count; }
  /// Share of the pairs that are complete, 0..1.
  double pairs_progress() const { return pairs_ ? pairs_->progress() : 0; }
  double latents_progress() const;
  double last_loss() const { return last_loss_; }
  int64_t train_count() const { return data_.train_pixels.size(0); }
  /// The known posteriors of the training set; null before the first.
  const LatentCache* train_latents() const { return train_latents_.get(); }
  /// The loss of an untrained flow: E[x1²] + (1 − σ_min)²; 0 before the latents are known.
  double start_loss() const { return start_loss_; }
  /// Flow steps per epoch; 0 before the flow.
  int64_t steps_per_epoch() const { return flow_trainer_ ? flow_trainer_->steps_per_epoch() : 0; }
  /// False in the middle of a step that has already changed some weights: they are then not a valid
  /// model. On an accelerator false while unreported steps are pending.
  bool weights_whole() const;
  /// The loss is worse than that of an untrained network: such weights are not autosaved.
  bool lost() const { return autoencoder_watch_.lost() || flow_watch_.lost(); }
  /// A warning since the last call that does not end the run; usually "".
  std::string take_warning() { return std::exchange(warning_, ""); }
  /// Completes such a step, and reports pending ones.
  void settle();
  /// Starts no further step on an accelerator until the weights are complete.
  void hold();
  /// For an accelerator, whose steps run ahead: true allows one step at a time.
  void set_single_steps(bool single) { single_steps_ = single; }
  /// The device of its steps; null on the processor.
  Accelerator* accelerator() const { return accelerator_; }
  /// Keeps the posteriors of an autoencoder from a file on disk, for this and every other run. Throws
  /// RunError.
  void save_latents() const;
  const StepSeconds& speed() const { return speed_; }

  /// Continues training the finished flow with a re-warmed schedule.
  void extend(const Budget& budget);
  /// Completes the current step; multiplies all later learning rates by `factor` in (0, 1], on top
  /// of earlier factors.
  void lower_rates(double factor);
  /// Passes an open-ended run its latest score; if the goal is reached, it starts its final decay
  /// after the current step.
  void note_fd(double fd_percent);
  /// The flow's learning rate falls to 0 over the next `steps` steps.
  void finish_within(int64_t steps);
  /// Adds a live score to the curves.
  void record_fd(double fd_percent);

  /// Everything that a bit-exact resume needs besides the model file's tensors.
  std::map<std::string, at::Tensor> to_map() const;
  /// Continues from a checkpoint: the stage follows from the step counts. Throws InputError.
  void load(const std::map<std::string, at::Tensor>& tensors, const std::string& file);

 private:
  std::unique_ptr<SpeedProbe> make_probe(ProbeFor purpose) const;
  RunPlan make_plan(const Budget& budget, double spent) const;
  void begin_course();
  void note(CourseEntry::What what, double number);
  void note_weights(bool of_flow, int64_t step, bool last);
  void begin_autoencoder();
  void begin_latents();
  bool latents_slice();
  Standardisation choose_scale() const;
  void begin_pairs();
  void begin_flow();
  FlowBatch held_out() const;
  double first_loss(const FlowTrainingOptions& options) const;
  void slice();
  bool decoder_due() const;
  void note_step(const StepReport& report, const std::string& phase, LossWatch& watch, Series& losses,
                 Series& rates);
  void after_autoencoder_step();
  void after_flow_step();
  bool test_slice();
  void note_collapse(double loss);
  void note_step_time(double seconds);
  template <class Trainer>
  bool advance_trainer(Trainer& trainer, int64_t total);
  int64_t next_look(int64_t step, int64_t total) const;
  bool test_due(int64_t step, int64_t total) const;

  Model& model_;
  const DataTensors& data_;
  Budget budget_;
  Accelerator* accelerator_;
  bool single_steps_ = false;
  int64_t look_at_ = 0;  ///< the next step whose weights are needed
  RunPlan plan_;
  Stage stage_ = Stage::Measure;
  StepSeconds speed_;
  History history_;
  Course course_;
  LossWatch autoencoder_watch_, flow_watch_;
  bool collapse_told_ = false;
  std::string warning_;
  bool goal_reached_ = false;  ///< the final decay starts after this step
  double seconds_ = 0, step_seconds_ = 0, step_sum_ = 0, last_loss_ = 0;
  bool stepped_ = false;
  std::unique_ptr<SpeedProbe> probe_;
  std::unique_ptr<AutoencoderTrainer> autoencoder_trainer_;
  std::unique_ptr<LatentCache> train_latents_, test_latents_;
  std::string latents_file_;  ///< file of the training posteriors; "" if they are not stored
  std::unique_ptr<FlowTrainer> flow_trainer_;
  std::unique_ptr<AutoencoderTest> autoencoder_test_;
  std::unique_ptr<FlowTest> flow_test_;
  PairPlan reflow_;  ///< count 0: no reflow
  std::unique_ptr<Model> teacher_;
  std::unique_ptr<PairMaker> pairs_;
  FlowPairs training_pairs_;  ///< all but those held out
  double start_loss_ = 0, rate_factor_ = 1;
  FlowBatch held_out_;
  std::map<std::string, at::Tensor> resume_from_;
  std::string resume_file_;
};

}  // namespace lf
