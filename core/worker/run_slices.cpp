// The slices of a run: its steps, the images it makes on the way, and the work after its last step.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/clock.h"
#include "base/errors.h"
#include "run/folder.h"
#include "worker/run_control.h"

namespace lf {
namespace fs = std::filesystem;
namespace {

constexpr int64_t kLeastScored = 100;  ///< fewer samples give no Fréchet distance

}  // namespace

void RunControl::train_slice() {
  TrainingRun& run = *work().run;
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
    begin_due_picture();
    if (one_step) pause_now("stepped");
  }
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
  work().state = run_state::Ending{};
}

void RunControl::after_stage_change() {
  const RunStatus run = work().run->status();
  const bool measured = last_stage_ == RunStage::Measure;
  if (measured && run.flow_step == 0 && run.autoencoder_step == 0) announce_plan();
  last_stage_ = run.stage;
  const bool flow_begins = last_stage_ == RunStage::Flow && run.flow_step == 0;
  // The work of minutes is not lost if a flow diverges in its first seconds.
  if (flow_begins && run.autoencoder_step > 0) writer_.want();
  if (flow_begins) announce_flow();
  viewer_.change_stage();
}

/// True if the last step ends an epoch for which an image was requested.
void RunControl::begin_due_picture() {
  if (last_stage_ != RunStage::Flow) return;
  const RunStatus run = work().run->status();
  const int64_t per_epoch = run.steps_per_epoch, step = run.flow_step;
  if (step % per_epoch != 0 || !work().pictures.epochs.count(step / per_epoch)) return;
  char name[40];
  std::snprintf(name, sizeof name, "samples-epoch-%04lld.png", static_cast<long long>(step / per_epoch));
  begin_picture(name);
}

/// The reference system's image of an epoch: sixteen digits in a 4×4 grid, sampled with the run's
/// own sampler from the same noise every time, so that two epochs can be compared.
void RunControl::begin_picture(const std::string& name) {
  SampleCommand grid;
  grid.count = 16;
  grid.columns = 4;
  grid.seed = static_cast<uint64_t>(work().model->settings.integer("seed"));
  grid.out = (figures_folder(work().folder) / name).string();
  picture_ = make_sample_job(*work().model, grid);
}

void RunControl::picture_slice() {
  if (picture_->advance()) return;
  const JobResult drawn = picture_->finish();
  picture_.reset();
  work().drawn.insert(work().drawn.end(), drawn.paths.begin(), drawn.paths.end());
  log(LogLevel::Info, drawn.text);
}

void RunControl::pause_now(const char* why) {
  const int64_t before = work().run->status().flow_step;
  work().run->settle();
  const RunStatus run = work().run->status();
  if (run.flow_step != before) begin_due_picture();
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

void RunControl::end_slice() {
  auto& ending = std::get<run_state::Ending>(work().state);
  switch (ending.stage) {
    case EndStage::Score:
      return score_end(ending);
    case EndStage::Pictures:
      return draw_end(ending);
    case EndStage::Views:
      return look_at_end(ending);
    case EndStage::Gallery:
      return keep_gallery(ending);
    case EndStage::Write:
      work().state = run_state::Finished{};
      return writer_.write("done");
  }
}

void RunControl::score_end(run_state::Ending& ending) {
  const auto& judge = context_.library.judge();
  const int64_t count = work().model->settings.integer("quality.final");
  if (!judge) {
    log(LogLevel::Warning, "not evaluated: " + context_.library.judge_problem());
    ending.stage = EndStage::Pictures;
  } else if (count < kLeastScored) {
    log(LogLevel::Info, "not evaluated: the setting quality.final is " + std::to_string(count) +
                            "; latentflow eval scores it");
    ending.stage = EndStage::Pictures;
  } else if (!viewer_.scorer().busy()) {
    viewer_.scorer().begin(ScoreFor::RunEnd, *work().model, *judge, context_.library.data(), count);
  } else {
    viewer_.score_slice();
    if (!viewer_.scorer().busy()) ending.stage = EndStage::Pictures;
  }
}

void RunControl::draw_end(run_state::Ending& ending) {
  if (!work().pictures.final || ending.final_drawn) {
    ending.stage = EndStage::Views;
    return;
  }
  begin_picture("samples-final.png");
  ending.final_drawn = true;
}

void RunControl::look_at_end(run_state::Ending& ending) {
  Views& views = viewer_.views();
  if ((work().figures || !work().pictures.empty()) && views.due(false)) return views.advance(false);
  ending.gallery = std::make_unique<GalleryMaker>(
      *work().model, context_.library.data(), *work().run->train_latents(), context_.library.judge().get());
  ending.stage = EndStage::Gallery;
}

/// The first content of a window. A run is worth saving without it.
void RunControl::keep_gallery(run_state::Ending& ending) {
  if (ending.gallery->advance()) return;
  try {
    save_gallery(ending.gallery->take(), (fs::path(work().folder) / "gallery.safetensors").string());
  } catch (const RunError& failed) {
    log(LogLevel::Warning, failed.what());
  }
  ending.gallery.reset();
  ending.stage = EndStage::Write;
}

}  // namespace lf
