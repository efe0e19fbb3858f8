// The subject of the viewer: model, digits and run.
#include "base/errors.h"
#include "base/paths.h"
#include "library/plain_errors.h"
#include "metrics/latent_health.h"
#include "worker/viewer.h"

namespace lf::worker {
namespace {

constexpr int64_t kLeastMapped = 100;  ///< fewer digits give no axes
const std::vector<float> kNoSpread;

}  // namespace

void Viewer::show_model() {
  const Workspace& work = context_.work;
  views_.set_model(work.model.get());
  lapse_.forget();
  lab_.set_model(work.model.get());
  lab_.set_before(work.run ? work.run->teacher() : nullptr);
  apply_judge();
}

/// The lab works on the model: with the judge and digits that it was trained on, or none. An
/// untrained model uses the current ones.
void Viewer::apply_judge() {
  const auto& model = context_.work.model;
  CurrentData& current = context_.current;
  views_.set_judge(current.judge());
  lab_.set_judge(model ? current.judges().find(model->data_digest) : nullptr);
  lab_.set_data(model ? current.data_of(model->data_digest) : nullptr);
}

/// In a window a model is shown with its stored gallery until the current digits are its own.
void Viewer::apply_data() {
  const auto& model = context_.work.model;
  const CurrentData& current = context_.current;
  const bool others = model && model->data_digest != current.dataset()->digest;
  views_.set_data(context_.options.previews && others ? nullptr : &current.data());
}

void Viewer::apply_settings() {
  const preview::PreviewRequest request = preview::preview_request(context_.settings);
  views_.set_request(request);
  lab_.set_options({request.seed, request.digit, request.sampler.guidance, request.raw_weights});
}

void Viewer::show_stored(const std::string& folder, const std::string& origin) {
  const std::filesystem::path file = std::filesystem::path(folder) / "gallery.safetensors";
  if (!context_.options.previews || !path_exists(file)) return;
  try {
    views_.show_gallery(preview::load_gallery(file.string()), origin);
  } catch (...) {
    show_model();  // no partial gallery
    context_.publisher.tell_substitute(
        "gallery", library::plain_text(std::current_exception()) +
                       "; the model is shown without its stored images until they are computed");
  }
}

void Viewer::begin_run() {
  const training::Accelerator* accelerator = context_.work.run->accelerator();
  preview_stream_ = accelerator ? preview::preview_stream(accelerator->device()) : std::nullopt;
  show_model();
  views_.set_data(&context_.current.data());
  watch_growth();
}

void Viewer::forget_score() {
  live_score_ = Score{};
  last_live_score_ = 0;
}

void Viewer::change_stage() {
  const run::TrainingRun& run = *context_.work.run;
  watch_growth();
  latent_spread_.clear();
  score_time_ = picture_time_ = 0;  // the time of one stage's previews does not count in the next
  const auto stage = run.stage();
  if (stage == run::RunStage::Pairs) lab_.set_before(run.teacher());
  if (stage != run::RunStage::Flow && stage != run::RunStage::Finished) return;
  show_map();
  const training::LatentCache* latents = run.train_latents();
  if (latents && latents->complete()) lab_.offer_latents(latents->all());
}

/// Before the flow, a run has nothing to show but its autoencoder.
void Viewer::watch_growth() {
  const run::RunStatus run = context_.work.run->status();
  const bool early = run.stage == run::RunStage::Measure || run.stage == run::RunStage::Autoencoder;
  const bool own = context_.work.model->own_autoencoder() && run.reflow_pairs == 0;
  views_.watch_growth(early && own && run.flow_step == 0);
}

const std::vector<float>& Viewer::latent_spread() {
  const auto& run = context_.work.run;
  const training::LatentCache* cache = run ? run->train_latents() : nullptr;
  if (!cache || cache->known_count() == 0) return kNoSpread;
  if (latent_spread_.empty())
    latent_spread_ = metrics::latent_deviations(cache->rows(cache->first_known(cache->size())).mean);
  return latent_spread_;
}

void Viewer::show_map() {
  const Workspace& work = context_.work;
  const training::LatentCache* latents = work.run->train_latents();
  if (!(context_.options.previews || work.figures || !work.pictures.empty()) || !latents ||
      latents->known_count() < kLeastMapped)
    return;
  const preview::MapLatents points =
      preview::map_latents(*work.model, *latents, context_.current.data().train_labels);
  views_.set_latents(points.standard, points.labels, "");
  mapped_ = latents->known_count();
}

void Viewer::refresh_map() {
  const training::LatentCache* latents = context_.work.run->train_latents();
  if (latents && !latents->complete() && latents->known_count() >= 2 * mapped_) show_map();
}

}  // namespace lf::worker
