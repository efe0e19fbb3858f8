#include "jobs/speedrun_score.h"

#include <cmath>

#include "base/errors.h"
#include "flow/solvers.h"

namespace lf::jobs {
namespace {

/// Values that were not measured are −1 in a record.
double measured(double value) { return std::isfinite(value) ? value : -1; }

}  // namespace

int64_t speedrun_evaluations(const Settings& settings, const std::string& what) {
  const flow::SolverInfo& solver = flow::solver_from_name(settings.sampler.solver);
  const std::string limit =
      "the rules allow " + std::to_string(kSpeedrunEvaluations) + " function evaluations per sample";
  if (solver.adaptive)
    throw InputError(what + ": " + solver.id + " chooses its own steps, and " + limit +
                     "; set sampler.solver to another");
  const int64_t steps = settings.sampler.steps;
  const int64_t taken = steps * solver.evaluations_per_step + solver.extra_evaluations;
  if (taken > kSpeedrunEvaluations)
    throw InputError(what + ": " + std::to_string(steps) + " steps of " + solver.id + " take " +
                     std::to_string(taken) + ", and " + limit + "; set sampler.steps to fewer");
  return taken;
}

SpeedrunScorer::SpeedrunScorer(const inference::Model& model, const SpeedrunScene& scene) {
  inference::freeze(model, frozen_);
  evaluator_ = preview::make_evaluator(*frozen_, *scene.judge, scene.data, kSpeedrunSamples, true);
}

records::SpeedrunScore SpeedrunScorer::finish() const {
  const metrics::Evaluation e = evaluator_->finish();
  return {measured(e.fd), measured(e.accuracy), measured(e.memorisation)};
}

Score SpeedrunScorer::score(int64_t step, double seconds) const {
  return preview::to_score(evaluator_->finish(), step, seconds);
}

}  // namespace lf::jobs
