// The current run: started, resumed, paused, reset, trained in slices and brought to its end.
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

  /// Commands. They throw InputError if they cannot be applied; nothing has changed then.
  void train(const TrainCommand& command);
  void reflow(const ReflowCommand& command);
  void pause();
  void resume(const ResumeCommand& command);
  void step();
  void reset();
  void undo_reset();
  void resume_stored(const ResumeRunCommand& command);
  void save(const SaveCommand& command);

  /// A model replaces the current one, whose run, if any, is kept.
  void replace(Workspace opened);
  /// Other digits are being opened: training pauses until they prove usable or not.
  void rest_for_opening();
  /// Ends that pause. If they are not usable, training continues if it ran before.
  void end_opening(bool usable);
  /// They replace the current digits. A run cannot continue with them: it is saved, and its model
  /// stays open.
  void put_away();
  /// Handles an unexpected exception.
  void fail();
  /// Saves the run if something is not saved yet.
  void keep() { writer_.keep(); }
  /// Pauses training; `why` is its word in the log.
  void pause_now(const char* why);

  bool can_undo() const { return undo_.model != nullptr; }
  bool picture_under_way() const { return picture_ != nullptr; }
  const SlicedJob& picture() const { return *picture_; }
  void drop_picture() { picture_.reset(); }

  /// One slice each: an image that training waits for, training itself, the work after the last
  /// step.
  void picture_slice();
  void train_slice();
  void end_slice();
  /// Training stops as soon as the weights are a valid model, because something else waits for
  /// them.
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
  Workspace undo_;                      ///< set aside by a reset or a reflow
  std::unique_ptr<SlicedJob> picture_;  ///< samples after an epoch
  std::optional<Budget> extension_;     ///< for a resumed run, once it has reached its own end
  RunStage last_stage_ = RunStage::Finished;
};

}  // namespace lf
