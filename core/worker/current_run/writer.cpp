#include "worker/current_run/writer.h"

#include <ATen/Parallel.h>

#include <algorithm>

#include "base/clock.h"
#include "base/errors.h"
#include "preview/score.h"
#include "run/folder.h"
#include "run/run_files.h"

namespace lf::worker {
namespace {

constexpr double kSaveShare = 50;  ///< the next save waits this many times the duration of the last: 2 % at
                                   ///< most

}  // namespace

/// Seconds between two autosaves.
double RunWriter::interval() const {
  return std::max(context_.work.model->settings.general.autosave, least_interval_);
}

bool RunWriter::due() const { return due_ || seconds_since(last_) > interval(); }

void RunWriter::keep() {
  const Workspace& work = context_.work;
  if (work.run && work.unsaved) write(work.finished() ? "done" : "paused");
}

void RunWriter::write(const std::string& state) {
  const auto start = std::chrono::steady_clock::now();
  Workspace& work = context_.work;
  work.run->settle();
  events_.write();  // what a checkpoint holds is also in the event files
  try {
    work.run->save_latents();
  } catch (const RunError& failed) {  // only a cache: the run itself is saved anyway
    context_.publisher.warn_once(std::string("the latents are not stored for the next run: ") +
                                 failed.what());
  }
  run::RunFacts facts;
  facts.state = state;
  facts.started = work.started;
  facts.device = work.run->accelerator() ? work.run->accelerator()->name() : "cpu";
  facts.threads = at::get_num_threads();
  facts.budget = work.budget;
  facts.score = work.score;
  facts.judge = context_.current.judge() ? context_.current.judge()->name() : "";
  facts.commands = context_.publisher.command_lines();
  run::save_run(work.folder, *work.model, *work.run, facts);
  work.unsaved = due_ = false;
  last_ = std::chrono::steady_clock::now();
  // Gigabytes are written less often: saving may take a fiftieth of the time.
  least_interval_ = kSaveShare * seconds_since(start);
  JobResult done = result(state);
  if (state != "running") {  // autosaves are not announced
    context_.publisher.add_result(std::move(done));
    context_.publisher.note_saved(work.folder);
  }
  context_.publisher.list_runs(work.folder);
}

JobResult RunWriter::result(const std::string& state) const {
  const Workspace& work = context_.work;
  JobResult made;
  made.verb = state == "done" ? "train" : "save";
  made.paths = {work.folder + "/model.safetensors", work.folder + "/history.csv",
                work.folder + "/report.json"};
  if (state == "done" && (work.figures || !work.pictures.empty())) {
    const auto figures = draw_figures_(run::figures_folder(work.folder).string());
    made.paths.insert(made.paths.end(), figures.begin(), figures.end());
  }
  made.paths.insert(made.paths.end(), work.drawn.begin(), work.drawn.end());
  const auto& judge = context_.current.judge();
  if (work.score.valid) made.json = {preview::score_json(work.score, judge ? judge->name() : "")};
  made.text = (state == "done" ? "trained " : "saved ") + work.name + " in " + work.folder;
  return made;
}

}  // namespace lf::worker
