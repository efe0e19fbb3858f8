// When training cannot continue: returns to the last good state and reports it.
#include <cmath>
#include <filesystem>

#include "base/errors.h"
#include "base/number_text.h"
#include "base/paths.h"
#include "library/plain_errors.h"
#include "run/run_files.h"
#include "worker/current_run/control.h"
#include "worker/current_run/source.h"

namespace lf::worker {
namespace fs = std::filesystem;
namespace {

/// The part of a loss curve after the last step of `kept`, without NaN.
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

/// The run returns to its last good state and pauses. `diverged`: because of NaN or divergence,
/// where lower learning rates help.
void RunControl::set_back(const std::string& what, bool diverged) {
  const fs::path checkpoint = fs::path(work().folder) / run::kCheckpointName;
  const bool reflow = work().run->status().reflow_pairs > 0;
  work().unsaved = false;  // never written: its weights are NaN, or in the middle of a step
  work().state = run_state::Paused{};
  std::string where = "its beginning";
  Workspace good;
  if (path_exists(checkpoint)) {
    good = stored_run(context_, work().folder);
    where = good.step_words();
  } else if (!reflow) {
    good = untrained_run(context_, work().model->settings, work().budget, work().run->accelerator());
    good.folder = work().folder;
  } else {
    throw RunError(what + "; the reflow had not been saved yet: undo it and start it again");
  }
  good.pictures = work().pictures;
  good.figures = work().figures;
  good.figures_as = work().figures_as;
  good.budget = work().budget;
  const LossBlock &seen = work().curves().loss, &kept = good.run->history().loss;
  good.autoencoder_lost = beyond(seen.autoencoder_train, kept.autoencoder_train);
  good.flow_lost = beyond(seen.flow_train, kept.flow_train);
  adopt(std::move(good));
  work().state = run_state::Paused{diverged};
  const std::string text =
      what + "; the run is back at " + where + ", its last good state. " + next_step_words();
  context_.publisher.tell_error(text, false, diverged);
}

/// Out of memory, or a device that failed.
void RunControl::set_back(std::exception_ptr failure) {
  const std::string where = work().step_words();
  try {
    library::throw_plainly(failure);
  } catch (const std::exception& known) {
    set_back("training stopped after " + where + ": " + known.what(), false);
  }
}

/// How a run continues from its last good state.
std::string RunControl::next_step_words() const {
  const Workspace& run = context_.work;
  const bool window = context_.options.previews;
  const std::string command = "latentflow train --resume " + lf::quoted(run.folder);
  if (!std::get<run_state::Paused>(run.state).diverged)
    return window ? "You can resume it at any time" : "Continue: " + command;
  const double factor = run.run->status().rate_factor;
  const std::string again = factor < 1 ? " (they are at " + number_text(factor) + " of their settings)" : "";
  if (window)
    return "Resume it with half its learning rates" + again +
           ", or start a new run with lower ones (Learning rate, Muon learning rate) or a smaller "
           "Gradient clip";
  return "Continue with half its learning rates" + again + ": " + command + " --rate 0.5";
}

/// From this step on, the run's learning rates are multiplied by `factor`; 1 changes nothing.
void RunControl::lower_rates(double factor) {
  if (factor == 1) return;
  work().run->lower_rates(factor);
  announce("from " + work().step_words() + " on, the learning rates are " +
           number_text(work().run->status().rate_factor) + " of their settings");
}

/// Notices about the run that continues.
void RunControl::tell_warning(const std::string& what) {
  if (what.empty()) return;
  work().announcements.push_back(what);
  if (context_.options.previews)
    context_.publisher.tell_error(what, false);
  else
    log(LogLevel::Warning, what);
}

void RunControl::announce(const std::string& text) {
  if (text.empty()) return;
  work().announcements.push_back(text);
  log(LogLevel::Info, text);
}

}  // namespace lf::worker
