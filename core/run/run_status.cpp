// Where a run is: collected from its stages.
#include "run/run_status.h"

#include <algorithm>

#include "run/training_run.h"

namespace lf::run {

RunStatus TrainingRun::status() const {
  const inference::Model& model = scene_.model;
  RunStatus now;
  now.stage = stage_;
  now.plan = scene_.plan;
  now.speed = scene_.clock.speed;
  now.autoencoder_step = model.autoencoder_steps;
  now.flow_step = model.flow_steps;
  now.steps_per_epoch = flow_ ? flow_->steps_per_epoch() : 0;
  now.train_count = scene_.data.train_pixels.size(0);
  now.reflow_pairs = reflow_.count;
  now.seconds = scene_.clock.seconds();
  now.seconds_left = seconds_left();
  now.steps_per_second = scene_.clock.step() > 0 ? 1 / scene_.clock.step() : 0;
  const Settings& settings = model.settings;
  const int64_t batch = stage_ == RunStage::Autoencoder ? settings.autoencoder.batch : settings.flow.batch;
  now.digits_per_second = now.steps_per_second * static_cast<double>(batch);
  now.rate_factor = scene_.rate_factor;
  now.last_loss = scene_.last_loss;
  now.start_loss = flow_ ? flow_->start_loss() : 0;
  now.lost = (autoencoder_ && autoencoder_->lost()) || (flow_ && flow_->lost());
  return now;
}

double TrainingRun::progress() const {
  const double left = seconds_left(), total = scene_.clock.seconds() + left;
  if (stage_ == RunStage::Finished) return 1;
  return left < 0 || total <= 0 ? 0 : scene_.clock.seconds() / total;
}

double TrainingRun::seconds_left() const {
  const StepClock& clock = scene_.clock;
  const records::RunPlan& plan = scene_.plan;
  const inference::Model& model = scene_.model;
  if (stage_ == RunStage::Measure) return budget_.seconds > 0 ? budget_.seconds - clock.seconds() : -1;
  if (stage_ == RunStage::Finished) return 0;
  if (flow_ && flow_->open_ended()) return -1;
  const bool in_flow = stage_ == RunStage::Flow, in_autoencoder = stage_ == RunStage::Autoencoder;
  const double step = clock.step() > 0 ? clock.step() : in_flow ? clock.speed.flow : clock.speed.autoencoder;
  const auto steps = static_cast<double>(plan.flow_steps - model.flow_steps);
  const auto decoder =
      static_cast<double>(plan.autoencoder_steps - std::max(plan.encoder_steps, model.autoencoder_steps));
  const training::LatentCache* latents = train_latents();
  const double unknown = static_cast<double>(latents ? latents->size() - latents->known_count()
                                                     : scene_.data.train_pixels.size(0));
  const double needed =
      model.own_autoencoder() ? unknown : steps * static_cast<double>(model.settings.flow.batch);
  double left = steps * (in_flow ? step : clock.speed.flow) + std::min(unknown, needed) * clock.speed.encode;
  if (in_autoencoder) left += step * static_cast<double>(plan.encoder_steps - model.autoencoder_steps);
  if (!in_flow) left += decoder * clock.speed.decoder;
  return left;
}

}  // namespace lf::run
