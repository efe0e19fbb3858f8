// Writing the run in hand: when, and what.
#include <ATen/Parallel.h>

#include <algorithm>

#include "base/clock.h"
#include "base/errors.h"
#include "figures/figures.h"
#include "run/folder.h"
#include "run/store.h"
#include "worker/experiment_workload.h"

namespace lf {
namespace {

constexpr double kSaveShare = 50;  ///< times as long as a save took, before the next: 2 % at most

}  // namespace

/// Seconds between two autosaves.
double Experiment::save_interval() const {
  return std::max(work_.model->settings.number("autosave"), least_interval_);
}

void Experiment::write_run(const std::string& state) {
  const auto start = std::chrono::steady_clock::now();
  work_.run->settle();
  try {
    work_.run->save_latents();
  } catch (const RunError& failed) {  // only a cache: the run itself is saved all the same
    const std::string line = std::string("the latents are not kept for the next run: ") + failed.what();
    if (skipped_.insert(line).second) log(LogLevel::Warning, line);
  }
  RunFacts facts;
  facts.state = state;
  facts.started = work_.started;
  facts.device = work_.run->accelerator() ? work_.run->accelerator()->name() : "cpu";
  facts.threads = at::get_num_threads();
  facts.budget = work_.budget;
  facts.score = work_.score;
  facts.judge = judge_ ? judge_->name() : "";
  facts.commands = command_lines_;
  save_run(work_.folder, *work_.model, *work_.run, facts);
  work_.unsaved = save_due_ = false;
  last_save_ = std::chrono::steady_clock::now();
  // Gigabytes are written less often: saving may take a fiftieth of the time.
  least_interval_ = kSaveShare * seconds_since(start);
  JobResult result;
  result.verb = state == "done" ? "train" : "save";
  result.paths = {work_.folder + "/model.safetensors", work_.folder + "/history.csv",
                  work_.folder + "/report.json"};
  if (state == "done" && (work_.figures || !work_.pictures.empty())) {
    Snapshot now;
    describe(now);
    const auto figures = write_figures(now, figures_folder(work_.folder));
    result.paths.insert(result.paths.end(), figures.begin(), figures.end());
  }
  result.paths.insert(result.paths.end(), work_.drawn.begin(), work_.drawn.end());
  if (work_.score.valid) result.json = {score_json(work_.score, facts.judge)};
  result.text = (state == "done" ? "trained " : "saved ") + work_.name + " in " + work_.folder;
  if (state != "running") add_result(result);
  if (state != "running") note_saved(work_.folder);  // autosaves are no news
  list_runs_again();
}

/// A disk that is full for a while is no reason to stop: what was saved before stays, and the next try comes.
void Experiment::autosave() {
  const auto start = std::chrono::steady_clock::now();
  try {
    write_run("running");
    log(LogLevel::Info,
        "autosaved in " + std::to_string(static_cast<int>(1000 * seconds_since(start))) + " ms");
  } catch (const DivergedError& diverged) {
    recover(work_.step_words() + ": " + diverged.what(), true);
  } catch (const RunError& failed) {
    last_save_ = std::chrono::steady_clock::now();
    const std::string what = std::string("not autosaved, training goes on: ") + failed.what();
    options_.previews ? tell_failure(what) : log(LogLevel::Warning, what);
  }
}

}  // namespace lf
