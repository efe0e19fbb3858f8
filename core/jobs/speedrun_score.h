// How the models of a speedrun are scored: by the rules, whoever trained them.
#pragma once

#include <memory>
#include <string>

#include "base/sliced_work.h"
#include "jobs/job.h"
#include "preview/score.h"
#include "records/speedrun_record.h"

namespace lf::jobs {

/// Function evaluations per sample of a model with these settings. Throws InputError, beginning
/// with `what`, if they exceed the rules or the solver is adaptive.
int64_t speedrun_evaluations(const Settings& settings, const std::string& what);

/// Scores a frozen copy of a model, in slices.
class SpeedrunScorer : public SlicedWork {
 public:
  SpeedrunScorer(const inference::Model& model, const SpeedrunScene& scene);
  bool advance() override { return evaluator_->advance(); }
  double progress() const override { return evaluator_->progress(); }
  /// The scores of the rules, once advance() returned false.
  records::SpeedrunScore finish() const;
  /// All of them.
  Score score(int64_t step, double seconds) const;

 private:
  std::unique_ptr<inference::Model> frozen_;
  std::unique_ptr<metrics::Evaluator> evaluator_;
};

}  // namespace lf::jobs
