#include "worker/experiment_workload.h"

#include <ATen/Parallel.h>

#include "base/errors.h"
#include "base/user_folders.h"
#include "library/plain_errors.h"
#include "worker/make_experiment.h"

namespace lf {

std::unique_ptr<Workload> make_experiment(const ExperimentOptions& options) {
  return with_plain_errors(std::make_unique<Experiment>(options));
}

Experiment::Experiment(ExperimentOptions options)
    : options_(std::move(options)),
      settings_(options_.preset),
      judges_({options_.judge, options_.judges, options_.assets}) {
  auto block = std::make_shared<SettingsBlock>();
  block->values = settings_;
  block->run = settings_;
  state_.settings = block;
  set_looks();
  set_threads(settings_);
  if (const std::string notice = user_folders_notice(); !notice.empty()) log(LogLevel::Warning, notice);
}

void Experiment::apply(const Command& command) {
  log_command(command);
  obeying_ = true;
  std::visit([this](const auto& what) { obey(what); }, command.what);
  obeying_ = false;
}

bool Experiment::advance() {
  if (quit_) return false;
  if (loading_ != Loading::Ready) {
    first_look_due() ? first_look_slice() : load_slice();
    return true;
  }
  const bool whole = !work_.run || work_.run->weights_whole();
  if (picture_) {
    picture_slice();
    return true;
  }
  if (job_ && whole) {
    job_slice();
    if (!training()) return true;
  }
  if (ending_ != Ending::None) {
    end_slice();
    return true;
  }
  if (evaluator_ && evaluator_asked_ && !training()) {
    score_slice();
    return true;
  }
  if (training()) {
    // A look that would copy the weights waits for the end of a step that changes them piece by piece, or
    // until an accelerator has told all it did.
    const bool look = view_due() && share_allows_view();
    if (look && (whole || !view_needs_weights())) {
      view_slice();
    } else {
      if (look || job_) work_.run->hold();
      train_slice();
    }
    return true;
  }
  if (!view_due()) return false;
  view_slice();
  return true;
}

void Experiment::report_error(const std::string& what) {
  // A wish that cannot be fulfilled is no failure of the run at work: it goes on.
  const bool wish = std::exchange(obeying_, false);
  tell_error(what, wish || !running_, false);
  if (wish) return;
  if (training()) failed_ = true;
  running_ = false;
  step_once_ = false;
  drop_work();
}

void Experiment::finish() { keep_run(); }

}  // namespace lf
