#include "worker/compared_runs.h"

#include "base/paths.h"

namespace lf::worker {
namespace {

constexpr int64_t kComparedSamples = 500, kComparedEvaluations = 4;

void show_curves(std::shared_ptr<const RunsBlock>& shown, const std::vector<RunCurves>& curves) {
  auto runs = std::make_shared<RunsBlock>(*shown);
  runs->compared = curves;
  shown = runs;
}

}  // namespace

void ComparedRuns::choose(const CompareRunsCommand& command) {
  compare::ComparisonRequest request;
  for (const auto& path : {command.first, command.second, command.third, command.fourth})
    if (!path.empty()) request.paths.push_back(path);
  chosen_ = command;
  saves_ = context_.publisher.blocks().notice->saves;
  sampled_ = complete_ = request.paths.empty();
  curves_ = 0;
  show_curves(context_.publisher.blocks().runs, {});
  if (request.paths.empty()) return comparison_.reset();
  request.preview = live_.request();
  request.judge_for = [this](const std::string& digest) { return context_.current.judges().find(digest); };
  request.samples = kComparedSamples;
  request.evaluations = kComparedEvaluations;
  request.tolerant = true;
  comparison_ = std::make_unique<compare::Comparison>(std::move(request));
}

bool ComparedRuns::other_noise() const { return !(comparison_->preview() == live_.request()); }

bool ComparedRuns::due(bool training) const {
  return comparison_ && context_.options.previews && (answer_waits() || (!complete_ && !training));
}

void ComparedRuns::advance() {
  if (!comparison_) return;
  if (other_noise()) comparison_->sample_again(live_.request());
  complete_ = !comparison_->advance();
  sampled_ = comparison_->sampling_ends();
  if (comparison_->curves().size() == curves_) return;
  curves_ = comparison_->curves().size();
  show_curves(context_.publisher.blocks().runs, comparison_->curves());
}

/// A run that was compared while it trained is read again once it is saved.
void ComparedRuns::follow_saves() {
  const NoticeBlock& notice = *context_.publisher.blocks().notice;
  if (!comparison_ || notice.saves == saves_) return;
  saves_ = notice.saves;
  for (const auto* path : {&chosen_.first, &chosen_.second, &chosen_.third, &chosen_.fourth})
    if (!path->empty() && same_place(*path, notice.saved)) return choose(CompareRunsCommand(chosen_));
}

std::shared_ptr<const CompareBlock> ComparedRuns::block() {
  follow_saves();
  static const auto kNone = std::make_shared<const CompareBlock>();
  return comparison_ ? comparison_->block() : kNone;
}

}  // namespace lf::worker
