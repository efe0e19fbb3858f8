// When training cannot go on: back to the last good state, and what is said of it.
#include <cmath>
#include <filesystem>

#include "base/errors.h"
#include "base/number_text.h"
#include "base/paths.h"
#include "library/plain_errors.h"
#include "run/folder.h"
#include "worker/experiment_workload.h"

namespace lf {
namespace fs = std::filesystem;

namespace {

/// What a curve of losses says of the steps after the last one of `kept`; without values that are no numbers.
Series beyond(const Series& whole, const Series& kept) {
  Series rest;
  const float last = kept.step.empty() ? 0 : kept.step.back();
  for (size_t i = 0; i < whole.step.size(); ++i) {
    if (whole.step[i] <= last || !std::isfinite(whole.value[i])) continue;
    rest.step.push_back(whole.step[i]);
    rest.value.push_back(whole.value[i]);
    rest.seconds.push_back(whole.seconds[i]);
  }
  return rest;
}

}  // namespace

/// Training came to an end that it does not go on from: the run goes back to its last good state and waits
/// there. `diverged`: the numbers went wrong, and lower rates help.
void Experiment::recover(const std::string& what, bool diverged) {
  const fs::path checkpoint = fs::path(work_.folder) / kCheckpointName;
  const bool reflow = work_.run->reflow_pairs() > 0;
  work_.unsaved = false;  // never written: its weights are no numbers, or half a step
  running_ = step_once_ = false;
  std::string where = "its beginning";
  Workspace good;
  if (path_exists(checkpoint)) {
    good = stored_run(work_.folder);
    where = good.step_words();
  } else if (!reflow) {
    good = untrained_run(work_.model->settings, work_.budget, work_.run->accelerator());
    good.folder = work_.folder;
  } else {
    throw RunError(what + "; the reflow had not been saved yet: undo it and begin anew");
  }
  good.pictures = work_.pictures;
  good.figures = work_.figures;
  good.budget = work_.budget;
  const LossBlock &seen = history().loss, &kept = good.run->history().loss;
  good.autoencoder_lost = beyond(seen.autoencoder_train, kept.autoencoder_train);
  good.flow_lost = beyond(seen.flow_train, kept.flow_train);
  adopt_run(std::move(good));
  diverged_ = diverged;
  tell_failure(what + "; the run stands at " + where + " again, its last good state. " + way_on());
}

/// Out of memory, or a device that failed.
void Experiment::recover_from(std::exception_ptr failure) {
  const std::string where = work_.step_words();
  try {
    throw_plainly(failure);
  } catch (const std::exception& known) {
    recover("training stopped after " + where + ": " + known.what(), false);
  }
}

/// How a run goes on that stands at its last good state.
std::string Experiment::way_on() const {
  const std::string command = "latentflow train --resume " + lf::quoted(work_.folder);
  if (!diverged_) return options_.previews ? "Resume it when you like" : "Go on: " + command;
  const double factor = work_.run->rate_factor();
  const std::string again =
      factor < 1 ? " once more (they stand at " + number_text(factor) + " of what was set)" : "";
  if (options_.previews)
    return "Resume it with half its learning rates" + again +
           ", or start anew with lower ones (Learning rate, Muon rate) or a smaller Gradient clip";
  return "Go on with half its learning rates" + again + ": " + command + " --rate 0.5";
}

/// A failure of the run that leaves it usable: told, but the run is not called failed.
void Experiment::tell_failure(const std::string& what) { tell_error(what, false, diverged_); }

/// One error, in the log and in the banner. `was_input`: what was asked for cannot be done, nothing failed.
void Experiment::tell_error(const std::string& what, bool was_input, bool offers_lower_rate) {
  log(LogLevel::Error, what);
  auto notice = std::make_shared<NoticeBlock>(*state_.notice);
  ++notice->errors;
  notice->error = what;
  notice->error_was_input = was_input;
  notice->offers_lower_rate = offers_lower_rate;
  state_.notice = notice;
}

/// What went wrong before is over: another run begins.
void Experiment::forget_error() {
  if (state_.notice->error.empty()) return;
  auto notice = std::make_shared<NoticeBlock>(*state_.notice);
  notice->error.clear();
  notice->offers_lower_rate = false;
  state_.notice = notice;
}

/// From here on the run's learning rates are multiplied by `factor`; 1 changes nothing.
void Experiment::lower_rates(double factor) {
  if (factor == 1) return;
  work_.run->lower_rates(factor);
  announce("from " + work_.step_words() + " on the learning rates are " +
           number_text(work_.run->rate_factor()) + " of what was set");
}

/// What a person should know of the run that goes on.
void Experiment::tell_warning(const std::string& what) {
  if (what.empty()) return;
  work_.announcements.push_back(what);
  options_.previews ? tell_failure(what) : log(LogLevel::Warning, what);
}

}  // namespace lf
