// What is computed for looking: previews, the lab's open tool, live scores; and how much of the time that may
// take while a run trains.
#pragma once

#include <c10/core/Stream.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lab/lab.h"
#include "preview/look_stream.h"
#include "preview/views.h"
#include "worker/context.h"
#include "worker/scorer.h"
#include "worker/time_share.h"

namespace lf {

class Viewer {
 public:
  explicit Viewer(WorkerContext& context) : context_(context) {}

  Views& views() { return views_; }
  const Views& views() const { return views_; }
  Lab& lab() { return lab_; }
  const Lab& lab() const { return lab_; }
  Scorer& scorer() { return scorer_; }
  const Scorer& scorer() const { return scorer_; }
  TimeShare& share() { return share_; }
  const TimeShare& share() const { return share_; }
  /// The latest live score of the run; not valid before the first.
  const Score& live_score() const { return live_score_; }

  /// Looks at the model in use from now on.
  void show_model();
  /// The gallery beside a model, where it can be read: what it holds is computed anew otherwise.
  void show_stored(const std::string& folder, const std::string& origin);
  /// Takes over what the live settings say.
  void apply_settings();
  /// Takes over judge and digits in use.
  void apply_judge();
  void apply_data();
  /// Standard deviation of the posterior means for each latent dimension; empty before any is known.
  const std::vector<float>& latent_spread();
  /// The map of the training latents, as far as they are known.
  void show_map();
  /// The same, once twice as many latents are known as the map shows.
  void refresh_map();

  /// A run takes the place of what was in use.
  void begin_run();
  /// What was scored belongs to another model.
  void forget_score();
  /// A run has begun another of its stages.
  void change_stage();

  /// Scores the model in use for the command `evaluate`. Throws InputError where that is not possible.
  void evaluate(const EvaluateCommand& command);
  /// One slice of the evaluation under way; begins a live one where there is none.
  void score_slice();

  /// True when a slice is wanted now.
  bool due() const;
  /// True when the next slice would copy the weights.
  bool needs_weights() const;
  /// While training: true while previews have not had their share of the time.
  bool share_allows() const;
  /// One slice of what is wanted most.
  void advance();

 private:
  bool live_score_due() const;
  bool scoring() const { return (scorer_.busy() && context_.work.training()) || live_score_due(); }
  bool views_due() const;
  bool picture_first() const;
  bool first_score_waits() const;
  void watch_growth();
  void take_score(const Score& score);

  WorkerContext& context_;
  Views views_;
  Lab lab_;
  Scorer scorer_;
  TimeShare share_;
  std::optional<c10::Stream> look_stream_;  ///< of the accelerator, where a run uses it
  bool lab_turn_ = false;
  double score_time_ = 0, picture_time_ = 0;  ///< recent seconds of both kinds
  double last_live_score_ = 0;                ///< training seconds
  int64_t mapped_ = 0;                        ///< latents that were known when the map was made
  Score live_score_;
  std::vector<float> latent_spread_;  ///< empty until it is measured in this stage
};

}  // namespace lf
