// Which look is taken next, and how much of the time looking may cost.
#include <algorithm>
#include <cmath>

#include "base/clock.h"
#include "worker/experiment_workload.h"

namespace lf {
namespace {

constexpr double kScorePart = 0.35;        ///< of the looking time, when a score and pictures both want it
constexpr double kCatchUpShare = 0.25;     ///< for a picture that is far behind: a flow learns most at first
constexpr double kAnswerShare = 0.5;       ///< while somebody waits for an answer, or a card is empty
constexpr double kFirstScoreShare = 0.12;  ///< for a run's first score: its badge is empty until then
constexpr double kGrowthShare = 0.12;      ///< before the flow, which is short: there is nothing else to see
constexpr double kLabShare = 0.12;         ///< afterwards, for answers with newer weights
constexpr double kForget = 0.999;          ///< per slice: a long wait of one kind is not made up for ever
constexpr double kShareWindow = 4;         ///< seconds over which the drawing share is kept

}  // namespace

bool Experiment::live_score_due() const {
  if (!training() || !judge_ || work_.run->stage() != TrainingRun::Stage::Flow) return false;
  const bool wanted = (options_.previews && settings_.on("quality.live")) || work_.run->plan().until_fd > 0;
  const double interval = work_.run->plan().until_fd > 0 ? 10 : settings_.number("quality.interval");
  return wanted && work_.run->seconds() - last_live_score_ >= interval;
}

/// What is looked at is the model in hand.
void Experiment::show_model() {
  views_.set_model(work_.model.get());
  lab_.set_model(work_.model.get());
  lab_.set_before(work_.run ? work_.run->teacher() : nullptr);
  set_lab_subject();
}

/// The lab asks about the model: judge and digits are those that it was trained on, or none. One that was not
/// trained yet takes those at hand.
void Experiment::set_lab_subject() {
  const auto fits = [&](const std::string& digest) {
    return work_.model && (work_.model->data_digest.empty() || work_.model->data_digest == digest);
  };
  lab_.set_judge(work_.model ? judges_.find(work_.model->data_digest) : nullptr);
  lab_.set_data(dataset_ && fits(dataset_->digest) ? &data_ : nullptr);
}

/// What the live settings ask to see.
void Experiment::set_looks() {
  const PreviewRequest request = preview_request(settings_);
  views_.set_request(request);
  lab_.set_options({request.seed, request.digit, request.sampler.guidance, request.raw_weights});
}

bool Experiment::view_due() const {
  if (evaluator_ && training()) return true;
  if (live_score_due()) return true;
  return lab_.due() || (options_.previews && views_.due(training()));
}

bool Experiment::view_needs_weights() const {
  const bool scores = (evaluator_ && training()) || live_score_due();
  return (scores && !evaluator_) || views_.needs_weights() || (lab_.due() && lab_.needs_weights());
}

/// While training, looking may take its share of the last seconds and no more; the first pictures of a flow
/// may take more, for a moment.
bool Experiment::share_allows_view() const {
  if (!options_.previews) return true;  // a score goal without a window is worth its time
  const double total = training_time_ + viewing_time_;
  const double share = settings_.number("preview.share");
  const bool answer_waits = lab_.first_answer_waits() || views_.answer_waits() || views_.nothing_shown();
  const double least = answer_waits                    ? kAnswerShare
                       : picture_first()               ? kCatchUpShare
                       : lab_.is_open()                ? kLabShare
                       : first_score_waits()           ? kFirstScoreShare
                       : views_.growing() && share > 0 ? kGrowthShare
                                                       : 0;
  return viewing_time_ <= std::max(share, least) * total;
}

/// A score of this run is wanted or under way, and there was none before.
bool Experiment::first_score_waits() const {
  return !live_score_.valid && settings_.number("preview.share") > 0 &&
         ((evaluator_ && training()) || live_score_due());
}

/// The first pictures of a flow that learns come before any score of it.
bool Experiment::picture_first() const {
  if (!options_.previews || !training() || work_.run->stage() != TrainingRun::Stage::Flow) return false;
  return settings_.number("preview.share") > 0 && views_.far_behind();
}

void Experiment::view_slice() {
  const auto start = std::chrono::steady_clock::now();
  const LookScope beside(look_stream_, view_needs_weights());
  const bool lab_due = lab_.due(), view_due = options_.previews && views_.due(training());
  const bool picture_due = lab_due || view_due;
  const bool score_wanted = (evaluator_ && training()) || live_score_due();
  // Turns by time, not by slice: one slice of a score costs as much as twenty of a picture and would starve
  // it.
  const bool score_turn =
      !picture_first() && (first_score_waits() || score_time_ < kScorePart * (score_time_ + picture_time_));
  const bool scores = score_wanted && (!picture_due || score_turn);
  if (scores) {
    score_slice();
  } else if (picture_due) {
    lab_turn_ = lab_due && (!lab_turn_ || lab_.first_answer_waits() || !view_due);
    if (lab_turn_)
      lab_.advance();
    else
      views_.advance(training());
  }
  const double took = seconds_since(start);
  (scores ? score_time_ : picture_time_) = kForget * (scores ? score_time_ : picture_time_) + took;
  if (!training()) return;  // what is looked at meanwhile is no debt of the training that follows
  viewing_time_ += took;
  const double total = training_time_ + viewing_time_;
  if (total > kShareWindow) {
    training_time_ *= kShareWindow / total;
    viewing_time_ *= kShareWindow / total;
  }
}

void Experiment::score_slice() {
  if (!evaluator_) {
    freeze(*work_.model, scored_model_);
    evaluator_ = make_evaluator(*scored_model_, *judge_, data_, settings_.integer("quality.count"), false);
    evaluator_full_ = evaluator_asked_ = false;
    last_live_score_ = work_.run->seconds();
  }
  if (evaluator_->advance()) return;
  const Evaluation evaluation = evaluator_->finish();
  evaluator_.reset();
  finish_score(evaluation);
}

void Experiment::finish_score(const Evaluation& evaluation) {
  const double seconds = work_.run ? work_.run->seconds() : 0;
  const Score score = to_score(evaluation, scored_model_->flow_steps, seconds);
  if (!evaluator_full_) {
    live_score_ = score;
    if (!std::isfinite(score.fd)) return;  // a curve has room for numbers only
    work_.run->record_fd(score.fd);
    work_.run->note_fd(score.fd);
    return;
  }
  work_.score = score;
  note_score(*work_.model, score, judge_->name());
  if (!evaluator_asked_) return;
  evaluator_asked_ = false;
  JobResult result;
  result.verb = "evaluate";
  result.json = {score_json(score, judge_->name())};
  result.text = score_words(score);
  add_result(result);
}

void Experiment::job_slice() {
  if (job_->advance()) return;
  const auto done = std::move(job_);
  const JobResult result = done->finish();
  add_result(result);
  // One trained for these digits scores from now on; a run in training ends with the judge it began with.
  if (result.verb == "judge" && (!work_.run || work_.finished)) choose_judge();
  for (const auto& path : result.paths) note_saved(path);
}

}  // namespace lf
