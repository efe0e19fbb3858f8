// The current evaluation: of a frozen copy of the weights, in slices.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "preview/score.h"

namespace lf::worker {

/// The purpose of an evaluation.
enum class ScoreFor {
  Live,     ///< the curve of a run in training: fast
  RunEnd,   ///< the report of a run after its last step
  Command,  ///< the command `evaluate`
};

class Scorer {
 public:
  /// Freezes `model` and starts; drops the current evaluation. `judge` and `data` outlive the
  /// evaluation.
  void begin(ScoreFor whom, const inference::Model& model, const metrics::Judge& judge,
             const data::DataTensors& data, int64_t count);
  /// Drops the current evaluation.
  void drop() { evaluator_.reset(); }

  bool busy() const { return evaluator_ != nullptr; }
  bool busy_for(ScoreFor whom) const { return busy() && whom_ == whom; }
  /// True during a full evaluation, which is slow enough to be shown.
  bool busy_in_full() const { return busy() && whom_ != ScoreFor::Live; }
  ScoreFor whom() const { return whom_; }
  /// "scoring 10,000 samples".
  std::string text() const;
  double progress() const { return evaluator_->progress(); }
  std::chrono::steady_clock::time_point started() const { return started_; }

  /// One slice; returns the score with the last one. `seconds`: training seconds of the run so far.
  std::optional<Score> advance(double seconds);

 private:
  ScoreFor whom_ = ScoreFor::Live;
  std::unique_ptr<inference::Model> frozen_;
  std::unique_ptr<metrics::Evaluator> evaluator_;
  std::chrono::steady_clock::time_point started_;
};

}  // namespace lf::worker
