// The run in use: begun, resumed, paused, set back, trained in slices and brought to its end.
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "worker/job_runner.h"
#include "worker/run_writer.h"
#include "worker/viewer.h"

namespace lf {

class RunControl {
 public:
  RunControl(WorkerContext& context, Viewer& viewer, JobRunner& jobs, RunWriter::DrawFigures draw_figures)
      : context_(context), viewer_(viewer), jobs_(jobs), writer_(context, std::move(draw_figures)) {}

  /// Commands. They throw InputError where they cannot be obeyed; nothing has changed then.
  void train(const TrainCommand& command);
  void reflow(const ReflowCommand& command);
  void pause();
  void resume(const ResumeCommand& command);
  void step();
  void reset();
  void undo_reset();
  void resume_stored(const ResumeRunCommand& command);
  void save(const SaveCommand& command);

  /// A model takes the place of what is in use; its run, where it has one, is kept.
  void replace(Workspace opened);
  /// Other digits are being opened: training rests until it is known whether they can be used.
  void rest_for_opening();
  /// It is known. Where they cannot be used, what trained before continues.
  void end_opening(bool usable);
  /// They take the place of those in use: a run cannot go on with them. It is saved, its model stays in use.
  void put_away();
  /// Something threw that nobody expected.
  void fail();
  /// Saves the run where something of it was not saved yet.
  void keep() { writer_.keep(); }
  /// Training pauses now; `why` is the log's word for it.
  void pause_now(const char* why);

  bool can_undo() const { return undo_.model != nullptr; }
  bool picture_under_way() const { return picture_ != nullptr; }
  const SlicedJob& picture() const { return *picture_; }
  void drop_picture() { picture_.reset(); }

  /// One slice each: a picture that training waits for, training itself, what follows the last step.
  void picture_slice();
  void train_slice();
  void end_slice();
  /// Training stops as soon as the weights are a model, which something else waits for.
  void hold() { context_.work.run->hold(); }

 private:
  Workspace& work() { return context_.work; }
  void log(LogLevel level, const std::string& text) { context_.publisher.log(level, text); }
  void drop_work();
  void start(const TrainCommand& command);
  void begin(Workspace run);
  void adopt(Workspace run);
  void announce_change();

  // run_slices.cpp
  void after_stage_change();
  void finish_steps();
  void begin_due_picture();
  void begin_picture(const std::string& name);
  void autosave();
  void score_end(run_state::Ending& ending);
  void draw_end(run_state::Ending& ending);
  void look_at_end(run_state::Ending& ending);
  void keep_gallery(run_state::Ending& ending);

  // run_recovery.cpp
  void set_back(const std::string& what, bool diverged);
  void set_back(std::exception_ptr failure);
  std::string next_step_words() const;
  void lower_rates(double factor);
  void tell_warning(const std::string& what);

  // run_announcements.cpp
  void announce(const std::string& text);
  void announce_plan();
  void announce_flow();

  WorkerContext& context_;
  Viewer& viewer_;
  JobRunner& jobs_;
  RunWriter writer_;
  Workspace undo_;                      ///< what a reset or a reflow put aside
  std::unique_ptr<SlicedJob> picture_;  ///< samples after an epoch
  std::optional<Budget> extension_;     ///< a resumed run gets it when it has reached its own end
  TrainingRun::Stage last_stage_ = TrainingRun::Stage::Finished;
};

}  // namespace lf
