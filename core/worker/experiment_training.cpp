// A run at work: its slices, what it says of its parts, and the pictures it asks for on its way.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/clock.h"
#include "base/errors.h"
#include "base/time_text.h"
#include "run/folder.h"
#include "worker/experiment_workload.h"

namespace lf {
namespace fs = std::filesystem;
namespace {

constexpr int64_t kLeastMapped = 100;  ///< fewer digits have no axes

}  // namespace

std::string Workspace::step_words() const {
  return model->flow_steps > 0 ? "flow step " + std::to_string(model->flow_steps)
                               : "autoencoder step " + std::to_string(model->autoencoder_steps);
}

void Experiment::train_slice() {
  work_.run->set_single_steps(step_once_);
  const auto start = std::chrono::steady_clock::now();
  bool more = false;
  try {
    more = work_.run->advance();
  } catch (const InputError&) {
    throw;  // a damaged file: going back to it helps nothing
  } catch (const DivergedError& diverged) {
    return recover(diverged.what(), true);
  } catch (...) {
    return recover_from(std::current_exception());
  }
  training_time_ += seconds_since(start);
  work_.unsaved = true;
  tell_warning(work_.run->take_warning());
  if (work_.run->stage() != last_stage_) after_stage_change();
  if (!more && extend_pending_) {
    extend_pending_ = false;
    work_.run->extend(extend_after_resume_);
    return;
  }
  if (!more) {
    running_ = false;
    step_once_ = false;
    evaluator_.reset();
    final_drawn_ = false;
    ending_ = Ending::Score;
    return;
  }
  const LatentCache* latents = work_.run->train_latents();
  if (latents && !latents->complete() && latents->known_count() >= 2 * mapped_ && work_.run->stepped())
    show_map();  // digits come to be known while the flow draws them
  if (work_.run->stepped()) begin_due_picture();
  if (step_once_ && work_.run->stepped()) pause("stepped");
  if (!running_ || (!save_due_ && seconds_since(last_save_) <= save_interval())) return;
  if (work_.run->lost()) return;  // the last good state stays until it comes back, or diverges for good
  if (work_.run->weights_whole()) {
    autosave();
  } else {
    work_.run->hold();
  }
}

/// Where the step just told ends an epoch of which a picture is wanted.
void Experiment::begin_due_picture() {
  if (last_stage_ != TrainingRun::Stage::Flow) return;
  const int64_t per_epoch = work_.run->steps_per_epoch(), step = work_.run->flow_step();
  if (step % per_epoch != 0 || !work_.pictures.epochs.count(step / per_epoch)) return;
  char name[40];
  std::snprintf(name, sizeof name, "samples-epoch-%04lld.png", static_cast<long long>(step / per_epoch));
  begin_picture(name);
}

/// The reference system's picture of an epoch: sixteen digits in a 4×4 grid, drawn with the run's own sampler
/// from the same noise every time, so that two epochs can be compared.
void Experiment::begin_picture(const std::string& name) {
  const fs::path figures = figures_folder(work_.folder);
  SampleCommand grid;
  grid.count = 16;
  grid.columns = 4;
  grid.seed = static_cast<uint64_t>(work_.model->settings.integer("seed"));
  grid.out = (figures / name).string();
  picture_ = make_sample_job(*work_.model, grid);
}

void Experiment::picture_slice() {
  if (picture_->advance()) return;
  const JobResult drawn = picture_->finish();
  picture_.reset();
  work_.drawn.insert(work_.drawn.end(), drawn.paths.begin(), drawn.paths.end());
  log(LogLevel::Info, drawn.text);
}

void Experiment::after_stage_change() {
  if (last_stage_ == TrainingRun::Stage::Measure && work_.run->flow_step() == 0 &&
      work_.run->autoencoder_step() == 0)
    announce_plan();
  last_stage_ = work_.run->stage();
  watch_growth();
  score_time_ = picture_time_ = 0;  // what the pictures of one stage took is no debt in the next
  latent_spread_.clear();
  // What took minutes is not lost to a flow that diverges in its first seconds.
  save_due_ |= last_stage_ == TrainingRun::Stage::Flow && work_.run->flow_step() == 0 &&
               work_.run->autoencoder_step() > 0;
  const bool known = last_stage_ == TrainingRun::Stage::Flow || last_stage_ == TrainingRun::Stage::Finished;
  if (last_stage_ == TrainingRun::Stage::Flow && work_.run->flow_step() == 0) announce_flow();
  if (last_stage_ == TrainingRun::Stage::Pairs) lab_.set_before(work_.run->teacher());
  if (known) show_map();
  const LatentCache* latents = work_.run->train_latents();
  if (known && latents && latents->complete()) lab_.offer_latents(latents->all());
}

/// Before the flow a run of its own has nothing to draw yet but what its autoencoder learns.
void Experiment::watch_growth() {
  const TrainingRun& run = *work_.run;
  const bool early =
      run.stage() == TrainingRun::Stage::Measure || run.stage() == TrainingRun::Stage::Autoencoder;
  const bool own = work_.model->own_autoencoder() && run.reflow_pairs() == 0;
  views_.watch_growth(early && own && run.flow_step() == 0);
}

/// The map of the training latents, as far as they are known.
void Experiment::show_map() {
  const LatentCache* latents = work_.run->train_latents();
  if (!(options_.previews || work_.figures || !work_.pictures.empty()) || !latents ||
      latents->known_count() < kLeastMapped)
    return;
  const MapLatents points = map_latents(*work_.model, *latents, data_.train_labels);
  views_.set_latents(points.standard, points.labels, "");
  mapped_ = latents->known_count();
}

/// Once the machine is measured: how long the run will take.
void Experiment::announce_plan() {
  const TrainingRun& run = *work_.run;
  const RunPlan& plan = run.plan();
  const int64_t decoder_steps = plan.autoencoder_steps - plan.encoder_steps;
  std::string text = "plan: ";
  if (plan.encoder_steps > 0)
    text += with_thousands(plan.encoder_steps) + " autoencoder steps of " +
            spoken_duration(run.speed().autoencoder) + ", then ";
  text += with_thousands(plan.flow_steps) + " flow steps of " + spoken_duration(run.speed().flow);
  if (decoder_steps > 0)
    text += " and beside them " + with_thousands(decoder_steps) + " decoder steps of " +
            spoken_duration(run.speed().decoder);
  if (run.accelerator() && !freezes_at_end(work_.model->settings) && plan.autoencoder_steps > 0)
    text += " (on this device the encoder is not frozen early: autoencoder.freeze=end)";
  if (!work_.model->net->labelled()) text += "; the autoencoder is " + autoencoder_words(*work_.model);
  text += run.seconds_left() > 0 ? "; about " + spoken_duration(run.seconds_left()) + " in all" : "";
  announce(text);
}

/// Before the flow's first step: where its loss begins.
void Experiment::announce_flow() {
  if (work_.run->start_loss() == 0) return;  // known for pairs by chance only
  char text[200];
  std::snprintf(
      text, sizeof text, "the flow begins: a net that has learned nothing has the loss %s%.3f",
      preconditioned(work_.model->settings) ? "" : "E[x1²] + (1 − σ_min)² = ", work_.run->start_loss());
  announce(text);
}

void Experiment::announce(const std::string& text) {
  work_.announcements.push_back(text);
  log(LogLevel::Info, text);
}

void Experiment::pause(const char* why) {
  const int64_t before = work_.run->flow_step();
  work_.run->settle();
  if (work_.run->flow_step() != before) begin_due_picture();
  running_ = false;
  step_once_ = false;
  log(LogLevel::Info, std::string(why) + " at step " +
                          std::to_string(work_.run->flow_step() > 0 ? work_.run->flow_step()
                                                                    : work_.run->autoencoder_step()));
}

}  // namespace lf
