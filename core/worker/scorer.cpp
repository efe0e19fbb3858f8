#include "worker/scorer.h"

#include "base/time_text.h"

namespace lf::worker {

void Scorer::begin(ScoreFor whom, const inference::Model& model, const metrics::Judge& judge,
                   const data::DataTensors& data, int64_t count) {
  evaluator_.reset();  // it reads the copy that is replaced here
  inference::freeze(model, frozen_);
  evaluator_ = preview::make_evaluator(*frozen_, judge, data, count, whom != ScoreFor::Live);
  whom_ = whom;
  started_ = std::chrono::steady_clock::now();
}

std::string Scorer::text() const {
  return "scoring " + with_thousands(evaluator_ ? evaluator_->count() : 0) + " samples";
}

std::optional<Score> Scorer::advance(double seconds) {
  if (evaluator_->advance()) return std::nullopt;
  const metrics::Evaluation evaluation = evaluator_->finish();
  evaluator_.reset();
  return preview::to_score(evaluation, frozen_->flow_steps, seconds);
}

}  // namespace lf::worker
