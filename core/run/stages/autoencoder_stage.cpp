#include "run/stages/autoencoder_stage.h"

#include <algorithm>
#include <cstdio>

#include "run/trainer_options.h"

namespace lf::run {
namespace {

constexpr double kGreyLoss = 543.4;    ///< nats per digit if every pixel is predicted as one half: 784 ln 2
constexpr int64_t kJudgedSteps = 100;  ///< with fewer steps, a collapse looks like a short training

}  // namespace

AutoencoderStage::AutoencoderStage(RunScene& scene) : scene_(scene), watch_(kGreyLoss) {
  auto options = autoencoder_options(scene.model.settings, scene.data.train_pixels.size(0));
  options.total_steps = scene.plan.autoencoder_steps;
  options.encoder_steps = scene.plan.encoder_steps;
  trainer_ = std::make_unique<training::AutoencoderTrainer>(
      *scene.model.own_autoencoder(), scene.data.train_pixels, options, scene.accelerator);
  trainer_->set_rate_factor(scene.rate_factor);
  // A run that was interrupted while it measured the machine has no optimiser yet.
  if (scene.resume.count("autoencoder.optimizer.steps")) trainer_->load(scene.resume, scene.resume_file);
  scene.clock.expect(scene.clock.speed.autoencoder);
}

bool AutoencoderStage::advance_step() {
  if (!watched_.advance_step(scene_, *trainer_, scene_.plan.encoder_steps, 0)) return false;
  after_step();
  scene_.last_loss = trainer_->report().loss;
  return true;
}

void AutoencoderStage::freeze_encoder(const training::LatentCache& latents) {
  if (!trainer_->done()) trainer_->freeze_encoder(latents);
}

bool AutoencoderStage::decoder_due(int64_t flow_step, bool flow_busy) const {
  return trainer_->encoder_frozen() && (scene_.accelerator || !flow_busy) &&
         trainer_->step() < records::autoencoder_steps_before(scene_.plan, flow_step);
}

void AutoencoderStage::advance_decoder() {
  if (trainer_->advance_step()) after_step();
}

void AutoencoderStage::after_step() {
  const training::StepReport& report = trainer_->report();
  scene_.model.autoencoder_steps = report.step;
  LossBlock& curves = scene_.history.loss;
  scene_.note_step(report, "autoencoder", watch_, curves.autoencoder_train, curves.autoencoder_rate);
  const bool last = trainer_->done() || report.step == scene_.plan.encoder_steps;
  scene_.notes.note_weights(false, report.step, last);
  if (last || scene_.test_due(report.step, scene_.plan.autoencoder_steps))
    test_ = std::make_unique<AutoencoderTest>(scene_.model, scene_.data.test_pixels);
}

bool AutoencoderStage::test_slice() {
  if (!test_) return false;
  if (test_->advance()) return true;
  records::append(scene_.history.loss.autoencoder_test, scene_.model.autoencoder_steps, test_->result(),
                  scene_.clock.seconds());
  note_collapse(test_->result());
  test_.reset();
  return true;
}

/// True for an autoencoder whose reconstructions do not depend on the input: it collapsed, or has
/// learned too little.
void AutoencoderStage::note_collapse(double loss) {
  if (scene_.model.autoencoder_steps < std::max(scene_.plan.encoder_steps, kJudgedSteps) || collapse_told_)
    return;
  const double mean_digit = mean_digit_loss(scene_.data.test_pixels);
  if (loss < mean_digit) return;
  char text[300];
  std::snprintf(text, sizeof text,
                "the autoencoder has collapsed or is undertrained: its held-out loss is %.4g, that of the "
                "mean digit as a constant output %.4g. The flow cannot generate digits with it. Train it "
                "longer (autoencoder.epochs), or with a lower learning rate (autoencoder.lr)",
                loss, mean_digit);
  scene_.warning = text;
  collapse_told_ = true;
}

}  // namespace lf::run
