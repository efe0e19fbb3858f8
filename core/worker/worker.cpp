#include "worker/worker.h"

#include <utility>

#include "base/errors.h"
#include "base/user_folders.h"
#include "library/plain_errors.h"
#include "worker/command_needs.h"
#include "worker/judge_choice.h"
#include "worker/make_experiment.h"

namespace lf::worker {
namespace {

bool is_input(std::exception_ptr failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const InputError&) {
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace

std::unique_ptr<Workload> make_experiment(const ExperimentOptions& options) {
  return library::with_plain_errors(std::make_unique<Worker>(options));
}

Worker::Worker(ExperimentOptions options)
    : context_(std::move(options)),
      viewer_(context_),
      jobs_(context_),
      events_(context_),
      run_(context_, viewer_, jobs_, events_,
           [this](const std::string& folder) { return draw_figures(folder); }),
      branching_(context_, run_, jobs_),
      opener_(context_, viewer_, run_, [this](const std::string& folder) { loading_.begin_opening(folder); }),
      stored_(context_, viewer_),
      loading_(context_, viewer_, run_, opener_),
      blocks_(context_, viewer_, jobs_, run_, loading_) {
  viewer_.apply_settings();
  context_.set_threads(context_.settings);
  if (const std::string notice = user_folders_notice(); !notice.empty())
    context_.publisher.log(LogLevel::Warning, notice);
}

void Worker::apply(const Command& command) {
  context_.publisher.log_command(command);
  obeying_ = true;
  obey(command);
  obeying_ = false;
}

void Worker::obey(const Command& command) {
  if (jobs_.trains_sweep() && ends_sweep(command))
    throw InputError(std::string(needs_of(command).verb) +
                     ": a sweep is training; stop it first (Stop on the page Sweep, or cancel)");
  if (!waits(command)) route(command);
}

/// True if the command is queued until the digits are read. Throws InputError if something that it
/// needs is missing.
bool Worker::waits(const Command& command) {
  const CommandNeeds needs = needs_of(command);
  if (needs.digits && !loading_.ready()) {
    waiting_.push_back(command);
    return true;
  }
  if (needs.digits && !context_.current.dataset())
    throw InputError(std::string(needs.verb) +
                     " needs digits, and none could be read; open a folder with a data set");
  if (needs.model) context_.require_model(needs.verb);
  return false;
}

/// Each separately: an exception of one does not stop the others.
void Worker::obey_waiting() {
  for (const Command& command : std::exchange(waiting_, {})) {
    try {
      obey(command);
    } catch (...) {
      const auto failure = std::current_exception();
      context_.publisher.tell_error(library::plain_text(failure), is_input(failure));
    }
  }
}

/// They were meant for digits that could not be read.
void Worker::refuse_waiting() {
  for (const Command& command : std::exchange(waiting_, {}))
    context_.publisher.log(
        LogLevel::Warning,
        "skipped, because the digits that it needs could not be read: " + format_command(command));
}

bool Worker::advance() {
  if (quit_) return false;
  if (!loading_.ready()) {
    load_slice();
    return true;
  }
  if (write_asked_figures()) return true;
  const Workspace& work = context_.work;
  if (run_.images().busy()) {
    run_.images().advance();
    return true;
  }
  if (events_.busy()) {
    events_.advance();
    return true;
  }
  if (jobs_.busy() && (!work.run || work.run->weights_whole())) {
    job_slice();
    if (!work.training()) return true;
  }
  if (work.ending()) {
    run_.end_slice();
    return true;
  }
  if (work.training()) {
    train_or_view();
    return true;
  }
  if (viewer_.scorer().busy_for(ScoreFor::Command)) {
    viewer_.score_slice();
    return true;
  }
  if (!viewer_.due()) return false;
  viewer_.advance();
  return true;
}

void Worker::load_slice() {
  switch (loading_.advance()) {
    case Loading::Outcome::Busy:
      return;
    case Loading::Outcome::Ready:
      return obey_waiting();
    case Loading::Outcome::Kept:
      return refuse_waiting();
  }
}

/// A preview that copies the weights waits for the end of a step that changes them piece by piece,
/// or until an accelerator has reported all its steps.
void Worker::train_or_view() {
  const bool view = viewer_.due() && viewer_.share_allows();
  const bool whole = context_.work.run->weights_whole();
  if (view && (whole || !viewer_.needs_weights())) return viewer_.advance();
  if (view || jobs_.busy()) run_.hold();
  run_.train_slice();
}

void Worker::job_slice() {
  obeying_ = job_fails_ = true;  // until it has advanced: an error in it is no failure of the current run
  const std::optional<JobResult> made = jobs_.advance();
  obeying_ = job_fails_ = false;
  if (!made) return;
  context_.publisher.add_result(*made);
  // A judge trained for these digits scores from now on; a run in training ends with its first
  // judge.
  const Workspace& work = context_.work;
  if (made->verb == "judge" && (!work.run || work.finished())) choose_judge(context_, viewer_);
  for (const auto& path : made->paths) context_.publisher.note_saved(path);
  if (made->verb == "branch") branching_.train(made->paths.front());
}

void Worker::report_error(const std::string& what) {
  // A request that cannot be met is no failure of the current run: it continues.
  const bool wish = std::exchange(obeying_, false);
  if (std::exchange(job_fails_, false)) jobs_.drop();
  context_.publisher.tell_error(what, wish || !context_.work.training());
  if (!wish) run_.fail();
}

void Worker::describe(Snapshot& snapshot) {
  blocks_.refresh(waiting_.size());
  snapshot = context_.publisher.blocks();
}

}  // namespace lf::worker
