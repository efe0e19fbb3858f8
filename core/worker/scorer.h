// The evaluation under way: of a frozen copy of the weights, in slices.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "preview/score.h"

namespace lf {

/// Who an evaluation is for.
enum class ScoreFor {
  Live,     ///< the curve of a run in training: quick
  RunEnd,   ///< the report of a run that has taken its last step
  Command,  ///< whoever gave the command `evaluate`
};

class Scorer {
 public:
  /// Freezes `model` and begins; what was under way is dropped. `judge` and `data` outlive the evaluation.
  void begin(ScoreFor whom, const Model& model, const Judge& judge, const DataTensors& data, int64_t count);
  /// Drops what is under way.
  void drop() { evaluator_.reset(); }

  bool busy() const { return evaluator_ != nullptr; }
  bool busy_for(ScoreFor whom) const { return busy() && whom_ == whom; }
  /// True while a full evaluation is under way: slow enough to be shown.
  bool busy_in_full() const { return busy() && whom_ != ScoreFor::Live; }
  ScoreFor whom() const { return whom_; }
  /// "scoring 10,000 samples".
  std::string text() const;
  double progress() const { return evaluator_->progress(); }
  std::chrono::steady_clock::time_point started() const { return started_; }

  /// One slice; the score with the last of them. `seconds`: training seconds of the run so far.
  std::optional<Score> advance(double seconds);

 private:
  ScoreFor whom_ = ScoreFor::Live;
  std::unique_ptr<Model> frozen_;
  std::unique_ptr<Evaluator> evaluator_;
  std::chrono::steady_clock::time_point started_;
};

}  // namespace lf
