// Between a run's last step and its last file: the score, the pictures, the gallery.
#include <filesystem>

#include "base/errors.h"
#include "worker/experiment_workload.h"

namespace lf {
namespace fs = std::filesystem;
namespace {

constexpr int64_t kLeastScored = 100;  ///< fewer samples give no Fréchet distance

}  // namespace

void Experiment::end_slice() {
  switch (ending_) {
    case Ending::None:
      return;
    case Ending::Score:
      return final_score_slice();
    case Ending::Pictures:
      if (picture_) return picture_slice();
      if (work_.pictures.final && !final_drawn_) {
        begin_picture("samples-final.png");
        final_drawn_ = true;
        return;
      }
      ending_ = Ending::Views;
      return;
    case Ending::Views:
      if ((work_.figures || !work_.pictures.empty()) && views_.due(false)) {
        views_.advance(false);
      } else {
        gallery_ =
            std::make_unique<GalleryMaker>(*work_.model, data_, *work_.run->train_latents(), judge_.get());
        ending_ = Ending::Gallery;
      }
      return;
    case Ending::Gallery:
      if (gallery_->advance()) return;
      keep_gallery();
      gallery_.reset();
      ending_ = Ending::Write;
      return;
    case Ending::Write:
      ending_ = Ending::None;
      work_.finished = true;
      write_run("done");
      return;
  }
}

/// What a window shows first. A run is worth saving without it.
void Experiment::keep_gallery() {
  try {
    save_gallery(gallery_->take(), (fs::path(work_.folder) / "gallery.safetensors").string());
  } catch (const RunError& failed) {
    log(LogLevel::Warning, failed.what());
  }
}

void Experiment::final_score_slice() {
  const int64_t count = work_.model->settings.integer("quality.final");
  if (!judge_) {
    log(LogLevel::Warning, "not evaluated: " + judge_problem_);
    ending_ = Ending::Pictures;
  } else if (count < kLeastScored) {
    log(LogLevel::Info, "not evaluated: the setting quality.final is " + std::to_string(count) +
                            "; latentflow eval scores it");
    ending_ = Ending::Pictures;
  } else if (!evaluator_) {
    freeze(*work_.model, scored_model_);
    evaluator_ = make_evaluator(*scored_model_, *judge_, data_, count, true);
    evaluator_full_ = true;
    evaluator_asked_ = false;
    job_started_ = std::chrono::steady_clock::now();
  } else {
    score_slice();
    if (!evaluator_) ending_ = Ending::Pictures;
  }
}

}  // namespace lf
