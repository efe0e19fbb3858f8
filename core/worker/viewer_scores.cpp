// When the model is scored, on how many samples, and where the score goes.
#include <cmath>

#include "base/errors.h"
#include "run/run_files.h"
#include "worker/viewer.h"

namespace lf::worker {

bool Viewer::live_score_due() const {
  const Workspace& work = context_.work;
  if (!work.training() || !context_.current.judge() || work.run->stage() != run::RunStage::Flow) return false;
  const run::RunStatus run = work.run->status();
  const bool goal = run.plan.until_fd > 0;
  const Settings& settings = context_.settings;
  const bool wanted = (context_.options.previews && settings.quality.live) || goal;
  const double interval = goal ? 10 : settings.quality.interval;
  return wanted && run.seconds - last_live_score_ >= interval;
}

/// A first score of this run is due or in progress.
bool Viewer::first_score_waits() const {
  return !live_score_.valid && context_.settings.preview.share > 0 && scoring();
}

void Viewer::evaluate(const EvaluateCommand& command) {
  const Workspace& work = context_.work;
  const CurrentData& current = context_.current;
  if (work.model->flow_steps == 0)
    throw InputError(
        "evaluate: this model's flow has not been trained; train it first, or open another model");
  if (!current.judge()) throw InputError("evaluate: " + current.judge_problem());
  scorer_.begin(ScoreFor::Command, work.settled_model(), *current.judge(), current.data(), command.count);
}

void Viewer::score_slice() {
  const Workspace& work = context_.work;
  if (!scorer_.busy()) {
    scorer_.begin(ScoreFor::Live, *work.model, *context_.current.judge(), context_.current.data(),
                  context_.settings.quality.count);
    last_live_score_ = work.run->status().seconds;
  }
  if (const auto score = scorer_.advance(work.run ? work.run->status().seconds : 0)) take_score(*score);
}

void Viewer::take_score(const Score& score) {
  Workspace& work = context_.work;
  if (scorer_.whom() == ScoreFor::Live) {
    live_score_ = score;
    if (!std::isfinite(score.fd)) return;  // a curve holds only finite numbers
    work.run->record_fd(score.fd);
    return;
  }
  const std::string& judge = context_.current.judge()->name();
  work.score = score;
  run::note_score(*work.model, score, judge);
  if (scorer_.whom() != ScoreFor::Command) return;
  JobResult result;
  result.verb = "evaluate";
  result.json = {preview::score_json(score, judge)};
  result.text = preview::score_words(score);
  context_.publisher.add_result(result);
}

}  // namespace lf::worker
