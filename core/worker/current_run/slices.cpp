// The slices of a run: its steps, and what follows from them.
#include <algorithm>

#include "base/clock.h"
#include "base/errors.h"
#include "worker/current_run/announcements.h"
#include "worker/current_run/control.h"

namespace lf::worker {

void RunControl::train_slice() {
  run::TrainingRun& run = *work().run;
  const bool one_step = std::get<run_state::Training>(work().state).one_step;
  run.set_single_steps(one_step);
  const auto start = std::chrono::steady_clock::now();
  bool more = false;
  try {
    more = run.advance();
  } catch (const InputError&) {
    throw;  // a damaged file: reloading it does not help
  } catch (const DivergedError& diverged) {
    return set_back(diverged.what(), true);
  } catch (...) {
    return set_back(std::current_exception());
  }
  viewer_.share().add_training(seconds_since(start));
  work().unsaved = true;
  tell_warning(run.take_warning());
  if (run.stage() != last_stage_) after_stage_change();
  if (!more) return finish_steps();
  if (run.stepped()) {
    viewer_.refresh_map();  // digits become known while the flow trains on them
    images_.begin_due(last_stage_);
    if (one_step) pause_now("stepped");
  }
  if (marks_.due()) run.weights_whole() ? marks_.keep() : run.hold();
  if (events_.image_due()) run.weights_whole() ? events_.begin_images() : run.hold();
  events_.write_when_due();
  if (!work().training() || !writer_.due()) return;
  if (run.status().lost) return;  // the last good state stays until it comes back, or diverges for good
  if (run.weights_whole()) {
    autosave();
  } else {
    run.hold();
  }
}

/// The run has made its last step, or continues with the budget of a resume.
void RunControl::finish_steps() {
  if (extension_) {
    work().run->extend(*extension_);
    extension_.reset();
    return;
  }
  viewer_.scorer().drop();
  marks_.keep_last();
  events_.begin_last_images();
  work().state = run_state::Ending{};
}

void RunControl::after_stage_change() {
  const run::RunStatus run = work().run->status();
  const bool measured = last_stage_ == run::RunStage::Measure;
  if (measured && run.flow_step == 0 && run.autoencoder_step == 0) announce(plan_text(work()));
  last_stage_ = run.stage;
  const bool flow_begins = last_stage_ == run::RunStage::Flow && run.flow_step == 0;
  // The work of minutes is not lost if a flow diverges in its first seconds.
  if (flow_begins && run.autoencoder_step > 0) writer_.want();
  if (flow_begins) announce(flow_text(work()));
  viewer_.change_stage();
}

void RunControl::pause_now(const char* why) {
  const int64_t before = work().run->status().flow_step;
  work().run->settle();
  const run::RunStatus run = work().run->status();
  if (run.flow_step != before) images_.begin_due(last_stage_);
  work().state = run_state::Paused{};
  const int64_t step = run.flow_step > 0 ? run.flow_step : run.autoencoder_step;
  log(LogLevel::Info, std::string(why) + " at step " + std::to_string(step));
}

/// A temporarily full disk is no reason to stop: the last save stays, and the next attempt follows.
void RunControl::autosave() {
  const auto start = std::chrono::steady_clock::now();
  try {
    writer_.write("running");
    log(LogLevel::Info,
        "autosaved in " + std::to_string(static_cast<int>(1000 * seconds_since(start))) + " ms");
  } catch (const DivergedError& diverged) {
    set_back(work().step_words() + ": " + diverged.what(), true);
  } catch (const RunError& failed) {
    writer_.restart();
    const std::string what = std::string("not autosaved, training continues: ") + failed.what();
    if (context_.options.previews)
      context_.publisher.tell_error(what, false);
    else
      log(LogLevel::Warning, what);
  }
}

}  // namespace lf::worker
