#include "worker/current_run/end.h"

#include <filesystem>

#include "base/errors.h"

namespace lf::worker {
namespace fs = std::filesystem;
namespace {

constexpr int64_t kLeastScored = 100;  ///< fewer samples give no Fréchet distance

}  // namespace

void RunEnd::advance() {
  auto& ending = std::get<run_state::Ending>(context_.work.state);
  switch (ending.stage) {
    case EndStage::Score:
      return score(ending);
    case EndStage::Pictures:
      return draw(ending);
    case EndStage::Views:
      return view(ending);
    case EndStage::Gallery:
      return keep_gallery(ending);
    case EndStage::Write:
      context_.work.state = run_state::Finished{};
      return writer_.write("done");
  }
}

void RunEnd::score(run_state::Ending& ending) {
  const auto& judge = context_.current.judge();
  const int64_t count = context_.work.model->settings.quality.final;
  if (!judge) {
    context_.publisher.log(LogLevel::Warning, "not evaluated: " + context_.current.judge_problem());
    ending.stage = EndStage::Pictures;
  } else if (count < kLeastScored) {
    context_.publisher.log(LogLevel::Info, "not evaluated: the setting quality.final is " +
                                               std::to_string(count) + "; latentflow eval scores it");
    ending.stage = EndStage::Pictures;
  } else if (!viewer_.scorer().busy()) {
    viewer_.scorer().begin(ScoreFor::RunEnd, *context_.work.model, *judge, context_.current.data(), count);
  } else {
    viewer_.score_slice();
    if (!viewer_.scorer().busy()) ending.stage = EndStage::Pictures;
  }
}

void RunEnd::draw(run_state::Ending& ending) {
  if (!context_.work.pictures.final || ending.final_drawn) {
    ending.stage = EndStage::Views;
    return;
  }
  images_.begin("samples-final.png");
  ending.final_drawn = true;
}

void RunEnd::view(run_state::Ending& ending) {
  preview::Views& views = viewer_.views();
  if ((context_.work.figures || !context_.work.pictures.empty()) && views.due(false))
    return views.advance(false);
  ending.gallery = std::make_unique<preview::GalleryMaker>(*context_.work.model, context_.current.data(),
                                                           *context_.work.run->train_latents(),
                                                           context_.current.judge().get());
  ending.stage = EndStage::Gallery;
}

/// The first content of a window. A run is worth saving without it.
void RunEnd::keep_gallery(run_state::Ending& ending) {
  if (ending.gallery->advance()) return;
  try {
    preview::save_gallery(ending.gallery->take(),
                          (fs::path(context_.work.folder) / "gallery.safetensors").string());
  } catch (const RunError& failed) {
    context_.publisher.log(LogLevel::Warning, failed.what());
  }
  ending.gallery.reset();
  ending.stage = EndStage::Write;
}

}  // namespace lf::worker
