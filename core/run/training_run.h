// One run from first pixel to last step: measure the machine, train the autoencoder, encode, train the flow.
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

/// The course in the state of a checkpoint; not known in those of earlier versions. Throws InputError.
Course stored_course(const std::map<std::string, at::Tensor>& tensors, const std::string& file);

class TrainingRun {
 public:
  /// Pairs: a reflow lets the model draw what it is then trained on.
  enum class Stage { Measure, Autoencoder, Latents, Pairs, Flow, Finished };

  /// `model` and `data` outlive the run, and so does `accelerator`, on which its steps run where that is not
  /// null; the model is there already.
  TrainingRun(Model& model, const DataTensors& data, const Budget& budget,
              Accelerator* accelerator = nullptr);

  /// Before the first slice: keeps the autoencoder and trains the flow, which is trained already, on `pairs`
  /// of noise and of the latent where the flow takes it, for a straighter one (Liu et al. 2023). On the
  /// processor.
  void reflow(int64_t pairs);
  /// Before the first slice: goes the way of another run again, whose plan `course` tells; no budget is
  /// asked. What happened on the way must be told again, too.
  void repeat(const Course& course);

  /// One bounded slice. False once finished.
  bool advance();
  /// True when the last slice completed an optimiser step of the stage; the decoder's steps beside the flow
  /// are none.
  bool stepped() const { return stepped_; }

  Stage stage() const { return stage_; }
  const RunPlan& plan() const { return plan_; }
  const History& history() const { return history_; }
  History& history() { return history_; }
  double seconds() const { return seconds_; }
  /// Estimated training seconds still to go; negative when unknown.
  double seconds_left() const;
  double steps_per_second() const;
  double digits_per_second() const;
  int64_t autoencoder_step() const;
  int64_t flow_step() const;
  /// What its learning rates were multiplied by since they were set, in (0, 1].
  double rate_factor() const { return rate_factor_; }
  /// What happened to it so far, and what its weights were on the way.
  const Course& course() const { return course_; }
  /// Of a reflow, the model as it was before; null where this is none, or where it was resumed after its
  /// pairs were made.
  const Model* teacher() const { return teacher_.get(); }
  /// Pairs that a reflow trains on; 0 where this is none.
  int64_t reflow_pairs() const { return reflow_.count; }
  /// Share of the pairs that are made, 0..1.
  double pairs_progress() const { return pairs_ ? pairs_->progress() : 0; }
  double latents_progress() const;
  double last_loss() const { return last_loss_; }
  int64_t train_count() const { return data_.train_pixels.size(0); }
  /// Posteriors of the training set, as far as they are known; null before the first.
  const LatentCache* train_latents() const { return train_latents_.get(); }
  /// The loss of a flow that has learned nothing: E[x1²] + (1 − σ_min)²; 0 before the latents are known.
  double start_loss() const { return start_loss_; }
  /// Flow steps that count as one epoch; 0 before the flow.
  int64_t steps_per_epoch() const { return flow_trainer_ ? flow_trainer_->steps_per_epoch() : 0; }
  /// False in the middle of a step that has changed some weights already: they are then no model. On an
  /// accelerator false while steps are under way that were not told yet.
  bool weights_whole() const;
  /// The loss has become worse than that of a net that has learned nothing: such weights are not saved by
  /// themselves.
  bool lost() const { return autoencoder_watch_.lost() || flow_watch_.lost(); }
  /// What was noticed since the last call and does not end the run; "" mostly.
  std::string take_warning() { return std::exchange(warning_, ""); }
  /// Finishes such a step, and tells those.
  void settle();
  /// Begins no further step on an accelerator until the weights are whole.
  void hold();
  /// On an accelerator, whose steps run ahead: true lets one step run at a time.
  void set_single_steps(bool single) { single_steps_ = single; }
  /// Where its steps run; null on the processor.
  Accelerator* accelerator() const { return accelerator_; }
  /// Keeps the posteriors of an autoencoder from a file on disk, for this and every other run. Throws
  /// RunError.
  void save_latents() const;
  const StepSeconds& speed() const { return speed_; }

  /// Trains the finished flow further with a re-warmed schedule.
  void extend(const Budget& budget);
  /// Finishes the step under way; all learning rates of those after it times `factor` in (0, 1], on top of
  /// earlier factors.
  void lower_rates(double factor);
  /// Tells an open-ended run its latest score; where the goal is reached it begins its final decay after the
  /// step under way.
  void note_fd(double fd_percent);
  /// The flow's rate falls to nothing over the next `steps` steps.
  void finish_within(int64_t steps);
  /// Adds a live score to the curves.
  void record_fd(double fd_percent);

  /// All that a bit-exact resume needs beside the model file's tensors.
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
  int64_t look_at_ = 0;  ///< the next step at which the weights are looked at
  RunPlan plan_;
  Stage stage_ = Stage::Measure;
  StepSeconds speed_;
  History history_;
  Course course_;
  LossWatch autoencoder_watch_, flow_watch_;
  bool collapse_told_ = false;
  std::string warning_;
  bool goal_reached_ = false;  ///< the final decay begins after this step
  double seconds_ = 0, step_seconds_ = 0, step_sum_ = 0, last_loss_ = 0;
  bool stepped_ = false;
  std::unique_ptr<SpeedProbe> probe_;
  std::unique_ptr<AutoencoderTrainer> autoencoder_trainer_;
  std::unique_ptr<LatentCache> train_latents_, test_latents_;
  std::string latents_file_;  ///< where the training posteriors are kept; "" where they are not
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
