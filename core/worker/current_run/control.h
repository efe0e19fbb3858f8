// The current run: started, resumed, paused, reset, trained in slices and brought to its end.
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "worker/current_run/end.h"
#include "worker/current_run/mark_keeper.h"
#include "worker/job_runner.h"
#include "worker/viewer.h"

namespace lf::worker {

class RunControl {
 public:
  RunControl(WorkerContext& context, Viewer& viewer, JobRunner& jobs, EventLog& events,
             RunWriter::DrawFigures draw_figures)
      : context_(context),
        viewer_(viewer),
        jobs_(jobs),
        events_(events),
        writer_(context, events, std::move(draw_figures)),
        images_(context),
        marks_(context),
        end_(context, viewer, images_, writer_) {}

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
  /// The images that training waits for.
  RunImages& images() { return images_; }
  const RunImages& images() const { return images_; }

  /// One slice each: of training, and of the work after the last step.
  void train_slice();
  void end_slice() { end_.advance(); }
  /// Training stops as soon as the weights are a valid model, because something else waits for
  /// them.
  void hold() { context_.work.run->hold(); }

 private:
  Workspace& work() { return context_.work; }
  void log(LogLevel level, const std::string& text) { context_.publisher.log(level, text); }
  Workspace take_current();
  void drop_work();
  void start(const TrainCommand& command);
  void begin(Workspace run);
  void adopt(Workspace run);
  void announce_change();

  // slices.cpp
  void after_stage_change();
  void finish_steps();
  void autosave();

  // recovery.cpp
  void set_back(const std::string& what, bool diverged);
  void set_back(std::exception_ptr failure);
  std::string next_step_words() const;
  void lower_rates(double factor);
  void tell_warning(const std::string& what);
  void announce(const std::string& text);

  WorkerContext& context_;
  Viewer& viewer_;
  JobRunner& jobs_;
  EventLog& events_;
  RunWriter writer_;
  RunImages images_;
  MarkKeeper marks_;
  RunEnd end_;
  Workspace undo_;                   ///< set aside by a reset or a reflow
  std::optional<Budget> extension_;  ///< for a resumed run, once it has reached its own end
  run::RunStage last_stage_ = run::RunStage::Finished;
};

}  // namespace lf::worker
