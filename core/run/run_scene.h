// What the stages of a run share.
#pragma once

#include <map>
#include <string>

#include "data/data_tensors.h"
#include "inference/model.h"
#include "records/history.h"
#include "records/loss_watch.h"
#include "run/provenance_notes.h"
#include "run/step_clock.h"
#include "training/step_report.h"

namespace lf::run {

struct RunScene {
  RunScene(inference::Model& trained, const data::DataTensors& digits, training::Accelerator* device)
      : model(trained), data(digits), accelerator(device), notes(trained) {}

  inference::Model& model;
  const data::DataTensors& data;
  training::Accelerator* accelerator;  ///< where the steps run; null: the processor
  records::RunPlan plan;
  records::History history;
  ProvenanceNotes notes;
  StepClock clock;
  double rate_factor = 1, last_loss = 0;
  bool single_steps = false;                 ///< on an accelerator: one step at a time
  std::string warning;                       ///< what was noticed and does not end the run; "" mostly
  std::map<std::string, at::Tensor> resume;  ///< of a checkpoint, until the stages have taken their part
  std::string resume_file;

  /// Adds a step to its curves. Throws DivergedError when its loss or its gradient is NaN, or the
  /// loss has diverged.
  void note_step(const training::StepReport& report, const std::string& phase, records::LossWatch& watch,
                 Series& losses, Series& rates);
  /// Is this a step at which held-out digits are tested? Often at first, where the loss falls fast, later
  /// about sixty times a run; a function of the step alone, so that a resumed run tests at the same steps.
  bool test_due(int64_t step, int64_t total) const;
};

/// One slice of a trainer. Steps on an accelerator run ahead of what is reported: they wait at every step at
/// which somebody wants to see the weights. True when a step is complete.
class WatchedTrainer {
 public:
  template <class Trainer>
  bool advance_step(const RunScene& scene, Trainer& trainer, int64_t total, int64_t steps_per_epoch) {
    if (scene.accelerator) {
      if (trainer.step() >= stop_) stop_ = next_stop(scene, trainer.step(), total, steps_per_epoch);
      trainer.stop_at(scene.single_steps ? trainer.step() + 1 : stop_);
    }
    return trainer.advance_step();
  }

 private:
  /// The next step after `step` with a test, at the end of an epoch, or with recorded weights.
  static int64_t next_stop(const RunScene& scene, int64_t step, int64_t total, int64_t steps_per_epoch);

  int64_t stop_ = 0;
};

}  // namespace lf::run
