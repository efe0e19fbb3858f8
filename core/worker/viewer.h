// Everything that is computed for display: previews, the open lab tool, live scores; and their
// share of the time during training.
#pragma once

#include <c10/core/Stream.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lab/lab.h"
#include "preview/preview_stream.h"
#include "preview/views.h"
#include "worker/compared_runs.h"
#include "worker/context.h"
#include "worker/scorer.h"
#include "worker/time_lapse.h"
#include "worker/time_share.h"

namespace lf::worker {

class Viewer {
 public:
  explicit Viewer(WorkerContext& context) : context_(context) {}

  preview::Views& views() { return views_; }
  const preview::Views& views() const { return views_; }
  TimeLapse& lapse() { return lapse_; }
  const TimeLapse& lapse() const { return lapse_; }
  ComparedRuns& compared() { return compared_; }
  lab::Lab& lab() { return lab_; }
  const lab::Lab& lab() const { return lab_; }
  Scorer& scorer() { return scorer_; }
  const Scorer& scorer() const { return scorer_; }
  TimeShare& share() { return share_; }
  const TimeShare& share() const { return share_; }
  /// The latest live score of the run; not valid before the first.
  const Score& live_score() const { return live_score_; }

  /// Previews use the current model from now on.
  void show_model();
  /// The gallery beside a model, if readable: otherwise its content is computed again.
  void show_stored(const std::string& folder, const std::string& origin);
  /// Applies the live settings.
  void apply_settings();
  /// Applies the current judge and digits.
  void apply_judge();
  void apply_data();
  /// Standard deviation of the posterior means for each latent dimension; empty before any is known.
  const std::vector<float>& latent_spread();
  /// The map of the known training latents.
  void show_map();
  /// The same, once twice as many latents are known as in the map.
  void refresh_map();

  /// A new run replaces the current one.
  void begin_run();
  /// The scores belong to another model.
  void forget_score();
  /// A run has started its next stage.
  void change_stage();

  /// Scores the current model for the command `evaluate`. Throws InputError if that is not
  /// possible.
  void evaluate(const EvaluateCommand& command);
  /// One slice of the current evaluation; starts a live one if there is none.
  void score_slice();

  /// True when a slice is due.
  bool due() const;
  /// True when the next slice would copy the weights.
  bool needs_weights() const;
  /// During training: true while previews are below their share of the time.
  bool share_allows() const;
  /// One slice of the most urgent work.
  void advance();

 private:
  bool live_score_due() const;
  bool scoring() const { return (scorer_.busy() && context_.work.training()) || live_score_due(); }
  bool views_due() const;
  bool lapse_due() const;
  bool asked_first() const;
  bool picture_first() const;
  bool first_score_waits() const;
  void watch_growth();
  void take_score(const Score& score);

  WorkerContext& context_;
  preview::Views views_;
  TimeLapse lapse_{context_, views_};
  ComparedRuns compared_{context_, views_};
  lab::Lab lab_;
  Scorer scorer_;
  TimeShare share_;
  std::optional<c10::Stream> preview_stream_;  ///< of the accelerator, if a run uses it
  bool lab_turn_ = false;
  double score_time_ = 0, picture_time_ = 0;  ///< recent seconds of both kinds
  double last_live_score_ = 0;                ///< training seconds
  int64_t mapped_ = 0;                        ///< known latents when the map was made
  Score live_score_;
  std::vector<float> latent_spread_;  ///< empty until it is measured in this stage
};

}  // namespace lf::worker
