#include "run/run_scene.h"

#include <algorithm>
#include <cmath>

#include "base/errors.h"

namespace lf::run {
namespace {

constexpr double kTestPointsPerRun = 16;
constexpr int64_t kLargeBelow = 64;  ///< digits per slice of a network with expensive tests

}  // namespace

void RunScene::note_step(const training::StepReport& report, const std::string& phase,
                         records::LossWatch& watch, Series& losses, Series& rates) {
  const char* what = !std::isfinite(report.loss)            ? "the loss"
                     : !std::isfinite(report.gradient_norm) ? "the gradient"
                                                            : nullptr;
  if (what)
    throw DivergedError(phase + " step " + std::to_string(report.step) + ": " + what + " is not a number");
  watch.add(report.loss);
  if (watch.diverged())
    throw DivergedError(phase + " step " + std::to_string(report.step) + ": " + watch.words());
  records::append(losses, report.step, report.loss, clock.seconds());
  records::append(rates, report.step, report.rate, clock.seconds());
}

bool RunScene::test_due(int64_t step, int64_t total) const {
  const bool large = model.net->slice_digits() < kLargeBelow;
  const double points = std::min<double>(static_cast<double>(total), 60000) / kTestPointsPerRun;
  const int64_t most = std::min(static_cast<int64_t>(points), step / 4);
  int64_t interval = large ? 25 : 20;
  for (const int64_t wider : {25, 50, 100, 250, 500, 1000}) interval = wider <= most ? wider : interval;
  return step % interval == 0;
}

int64_t WatchedTrainer::next_stop(const RunScene& scene, int64_t step, int64_t total,
                                  int64_t steps_per_epoch) {
  int64_t next = step + 1;
  while (!scene.test_due(next, total) && !(steps_per_epoch > 0 && next % steps_per_epoch == 0) &&
         !records::is_marked_step(next))
    ++next;
  return next;
}

}  // namespace lf::run
