// Which preview is next, and how much time previews may take.
#include "worker/viewer.h"

#include <algorithm>

#include "base/clock.h"

namespace lf::worker {
namespace {

constexpr double kScorePart = 0.35;        ///< of the preview time, when both a score and previews need it
constexpr double kCatchUpShare = 0.25;     ///< for a preview that is far behind: a flow changes most at first
constexpr double kAnswerShare = 0.5;       ///< while the user waits for a result, or a card is empty
constexpr double kFirstScoreShare = 0.12;  ///< for a run's first score: its badge is empty until then
constexpr double kGrowthShare = 0.12;      ///< before the flow, a short stage without other previews
constexpr double kLabShare = 0.12;         ///< after the first result, for newer weights
constexpr double kForget = 0.999;          ///< per slice: waiting time of one kind is forgotten after a while

}  // namespace

bool Viewer::views_due() const { return context_.options.previews && views_.due(context_.work.training()); }

bool Viewer::lapse_due() const { return context_.options.previews && lapse_.due(context_.work.training()); }

/// Somebody waits for what needs no weights of the current model.
bool Viewer::asked_first() const { return lapse_.answer_waits() || compared_.answer_waits(); }

bool Viewer::due() const {
  return scoring() || lab_.due() || views_due() || lapse_due() || compared_.due(context_.work.training());
}

bool Viewer::needs_weights() const {
  if (asked_first()) return false;
  return (scoring() && !scorer_.busy()) || views_.needs_weights() || (lab_.due() && lab_.needs_weights());
}

/// The first previews of a flow may take more than the share, for a moment.
bool Viewer::share_allows() const {
  if (!context_.options.previews) return true;  // without a window, a score goal may take its time
  const double share = context_.settings.preview.share;
  const bool answer_waits =
      asked_first() || lab_.first_answer_waits() || views_.answer_waits() || views_.nothing_shown();
  const double least = answer_waits                    ? kAnswerShare
                       : picture_first()               ? kCatchUpShare
                       : lab_.is_open()                ? kLabShare
                       : first_score_waits()           ? kFirstScoreShare
                       : views_.growing() && share > 0 ? kGrowthShare
                                                       : 0;
  return share_.allows(std::max(share, least));
}

/// The first previews of a training flow come before any score of it.
bool Viewer::picture_first() const {
  const Workspace& work = context_.work;
  if (!context_.options.previews || !work.training() || work.run->stage() != run::RunStage::Flow)
    return false;
  return context_.settings.preview.share > 0 && views_.far_behind();
}

void Viewer::advance() {
  const auto start = std::chrono::steady_clock::now();
  const preview::PreviewScope beside(preview_stream_, needs_weights());
  const bool lab_due = lab_.due(), view_due = views_due(), picture_due = lab_due || view_due;
  // Takes turns by time, not by slice: one slice of a score costs as much as twenty of a preview
  // and would starve it.
  const bool score_turn =
      !picture_first() && (first_score_waits() || score_time_ < kScorePart * (score_time_ + picture_time_));
  const bool idle = !picture_due && !scoring();
  const bool past = lapse_.answer_waits() || (lapse_due() && idle && !compared_.answer_waits());
  const bool others =
      !past && (compared_.answer_waits() || (idle && compared_.due(context_.work.training())));
  const bool scores = !past && !others && scoring() && (!picture_due || score_turn);
  if (past) {
    lapse_.advance(context_.work.training());
  } else if (others) {
    compared_.advance();
  } else if (scores) {
    score_slice();
  } else if (picture_due) {
    lab_turn_ = lab_due && (!lab_turn_ || lab_.first_answer_waits() || !view_due);
    if (lab_turn_)
      lab_.advance();
    else
      views_.advance(context_.work.training());
  }
  const double took = seconds_since(start);
  double& kind = scores ? score_time_ : picture_time_;
  kind = kForget * kind + took;
  if (context_.work.training()) share_.add_viewing(took);  // previews made while paused do not count later
}

}  // namespace lf::worker
