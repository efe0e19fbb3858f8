// How the models of a speedrun are scored: as the rules have it, whoever trained them.
#pragma once

#include <memory>
#include <string>

#include "jobs/job.h"
#include "preview/score.h"
#include "records/speedrun_record.h"

namespace lf {

/// Evaluations of the network for each sample of a model with these settings. Throws InputError, beginning
/// with `what`, where they are more than the rules allow or the solver chooses its own steps.
int64_t speedrun_evaluations(const Settings& settings, const std::string& what);

/// Scores a frozen copy of a model, in slices.
class SpeedrunScorer {
 public:
  SpeedrunScorer(const Model& model, const SpeedrunScene& scene);
  bool advance() { return evaluator_->advance(); }
  double progress() const { return evaluator_->progress(); }
  /// The rules' figures, once advance() said false.
  SpeedrunScore finish() const;
  /// All of them.
  Score score(int64_t step, double seconds) const;

 private:
  std::unique_ptr<Model> frozen_;
  std::unique_ptr<Evaluator> evaluator_;
};

}  // namespace lf
