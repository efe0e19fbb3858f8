#include "preview/views.h"

#include <ATen/core/grad_mode.h>

#include <cstring>

#include "base/classes.h"
#include "base/image_shape.h"
#include "data/batches.h"
#include "preview/latent_map.h"

namespace lf::preview {
namespace {

constexpr int64_t kPsnrDigitsGrowing = 250, kPsnrDigitsTraining = 1000, kPsnrDigitsIdle = 10000;
constexpr int64_t kFirstLook = 25;            ///< flow steps before the first preview during training
constexpr int64_t kReconstructionEvery = 25;  ///< autoencoder steps between two previews during training

}  // namespace

void Views::set_model(const inference::Model* model) {
  model_ = model;
  preview_.reset();
  reconstruction_.reset();
  shown_request_.reset();
  drawn_request_.reset();
  preview_steps_ = preview_autoencoder_steps_ = reconstruction_steps_ = -1;
  picture_shown_ = growing_ = false;
  growth_.reset();
  growth_step_ = growth_end_ = -1;
  axes_ = plain_axes();
  blocks_ = Blocks{};
}

void Views::set_data(const data::DataTensors* data) {
  data_ = data;
  reconstruction_.reset();
  growth_.reset();
}

void Views::watch_growth(bool growing) {
  if (growing_ && !growing) growth_end_ = model_->autoencoder_steps;
  growing_ = growing;
}

/// The encoder is final, the preview of it is older, and nothing has replaced it yet.
bool Views::last_growth_look_due() const {
  return growth_ && growth_step_ < growth_end_ && model_->autoencoder_steps == growth_end_;
}

bool Views::growth_stale() const {
  if (last_growth_look_due()) return true;
  if (!growing_ || !model_ || !data_) return false;
  return growth_step_ < 0 || model_->autoencoder_steps >= next_growth_look(growth_step_);
}

void Views::growth_slice() {
  if (!growth_) growth_ = std::make_unique<GrowthView>(*data_);
  growth_->look(*model_);
  growth_step_ = model_->autoencoder_steps;
  const auto growth = growth_->growth();
  const auto map = growth_->map();
  growth->version = ++versions_;
  map->version = ++versions_;
  blocks_.growth = growth;
  blocks_.map = map;
}

void Views::show_gallery(const Gallery& gallery, const std::string& origin) {
  set_latents(gallery.latents, gallery.labels, origin);
  auto block = std::make_shared<ReconstructionBlock>(gallery.reconstructions);
  block->origin = origin;
  block->version = ++versions_;
  blocks_.reconstruction = block;
  if (!model_) return;
  reconstruction_steps_ = model_->autoencoder_steps;
  auto flow = std::make_shared<FlowBlock>(gallery.flow);
  turn_to_map(*flow, *blocks_.map);
  flow->trained_step = model_->flow_steps;
  flow->version = ++versions_;
  blocks_.flow = flow;
  shown_request_ = drawn_request_ = gallery_request(*model_);
  preview_steps_ = model_->flow_steps;
  preview_autoencoder_steps_ = model_->autoencoder_steps;
}

void Views::set_latents(const at::Tensor& standard, const at::Tensor& labels, const std::string& origin) {
  growth_.reset();
  LatentMap map = make_latent_map(standard, labels, *blocks_.map);
  axes_ = map.axes;
  map.block->origin = origin;
  map.block->version = ++versions_;
  blocks_.map = map.block;
  preview_.reset();
  shown_request_.reset();  // trajectories must use the same axes as the map
}

void Views::inspect(const InspectCommand& what) {
  inspect_ = what;
  inspect_changed_ = inspect_waits_ = true;
  picture_shown_ = false;
  reconstruction_.reset();
}

void Views::show_picture(const at::Tensor& pixels, const std::string& origin) {
  const at::Tensor reconstruction = inference::reconstruct_pixels(*model_, pixels.view({1, kDigitPixels}));
  auto block = std::make_shared<ReconstructionBlock>();
  block->origin = origin;
  block->split = "picture";
  block->order = "first";
  block->available = 1;
  block->index = {0};
  block->labels = {kNoClass};
  block->original = data::image_sheet(pixels);
  block->reconstruction = data::image_sheet(data::to_pixels(reconstruction));
  block->mse = {(reconstruction - pixels.to(at::kFloat) / 255).square().mean().item<float>()};
  block->trained_step = model_->autoencoder_steps;
  block->version = ++versions_;
  blocks_.reconstruction = block;
  picture_shown_ = true;
}

bool Views::preview_stale(bool training) const {
  if (!model_) return false;
  // Growing reconstructions show more than samples of an untrained flow.
  const bool grown = blocks_.growth->digits > 0 && blocks_.flow->t.empty();
  if (grown && model_->flow_steps < (training ? kFirstLook : 1)) return false;
  // In its first steps a flow still generates noise: the first preview waits until there is
  // something to show.
  if (training && !preview_wished() && model_->flow_steps < kFirstLook) return false;
  const bool same = shown_request_ && *shown_request_ == request_;
  if (!same || preview_steps_ != model_->flow_steps) return true;
  // An untrained flow generates noise whatever the decoder has learned: reconstructions are the
  // better use of the time.
  return model_->flow_steps > 0 && preview_autoencoder_steps_ != model_->autoencoder_steps;
}

bool Views::reconstruction_stale(bool training) const {
  if (!model_ || !data_ || picture_shown_) return false;
  if (inspect_changed_) return true;
  const int64_t ahead = model_->autoencoder_steps - reconstruction_steps_;
  return reconstruction_steps_ < 0 || ahead < 0 || ahead >= (training ? kReconstructionEvery : 1);
}

bool Views::far_behind() const {
  return model_ && model_->flow_steps >= kFirstLook && model_->flow_steps >= 2 * blocks_.flow->trained_step;
}

bool Views::answer_waits() const {
  if (!model_) return false;
  return (inspect_waits_ && data_ && !picture_shown_) || (preview_ && preview_waits_) || preview_changed();
}

bool Views::nothing_shown() const {
  if (!growing_ || !model_ || !data_) return false;
  return growth_step_ < 0 || (blocks_.reconstruction->labels.empty() && !picture_shown_);
}

bool Views::due(bool training) const {
  return preview_ || reconstruction_ || growth_stale() || preview_stale(training) ||
         reconstruction_stale(training);
}

void Views::advance(bool training) {
  const bool preview = preview_ || preview_stale(training);
  const bool reconstruction = reconstruction_ || reconstruction_stale(training);
  growth_turn_ = !growth_turn_;
  if (growth_stale() && (growth_turn_ || !(preview || reconstruction))) return growth_slice();
  const bool preview_first = far_behind() && !inspect_waits_;
  if (reconstruction && ((reconstruction_turn_ && !preview_first) || !preview)) {
    reconstruction_slice(training);
  } else if (preview) {
    preview_slice(training);
  }
  reconstruction_turn_ = !reconstruction_turn_;
}

void Views::preview_slice(bool training) {
  // A changed request restarts the current integration; changed weights do not, because it would
  // never finish during training.
  if (needs_weights()) {
    inference::freeze(*model_, frozen_);
    preview_waits_ = preview_changed();
    shown_request_ = drawn_request_ = request_;
    preview_steps_ = model_->flow_steps;
    preview_autoencoder_steps_ = model_->autoencoder_steps;
    preview_ = std::make_unique<Preview>(*frozen_, axes_, judge_.get(), request_, training);
  }
  if (preview_->advance()) return;
  const auto block = preview_->take();
  block->version = ++versions_;
  blocks_.flow = block;
  preview_.reset();
  preview_waits_ = false;
}

void Views::reconstruction_slice(bool training) {
  if (!reconstruction_) {
    // The first ones are shown at once, and measured at the next preview.
    const bool hurried = nothing_shown();
    const int64_t digits = hurried     ? 0
                           : !training ? kPsnrDigitsIdle
                           : growing_  ? kPsnrDigitsGrowing
                                       : kPsnrDigitsTraining;
    reconstruction_ = std::make_unique<ReconstructionView>(*model_, *data_, inspect_, digits);
    reconstruction_steps_ = hurried ? -1 : model_->autoencoder_steps;
    inspect_changed_ = false;
  }
  if (reconstruction_->advance()) return;
  const auto block = reconstruction_->take();
  block->version = ++versions_;
  blocks_.reconstruction = block;
  reconstruction_.reset();
  inspect_waits_ = false;
}

}  // namespace lf::preview
