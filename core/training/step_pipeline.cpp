#include "training/step_pipeline.h"

#include <algorithm>

namespace lf::training {
namespace {

constexpr int64_t kBursts = 2;        ///< enqueued at once
constexpr int64_t kSingleSteps = 12;  ///< bursts of one step, before the length of bursts is adapted to their
                                      ///< duration

}  // namespace

StepPipeline::StepPipeline(std::unique_ptr<StepEngine> engine, int64_t first, Planner plan, Observer observe,
                           double slice)
    : engine_(std::move(engine)),
      plan_(std::move(plan)),
      observe_(std::move(observe)),
      slice_(slice),
      told_(first),
      enqueued_(first) {}

void StepPipeline::enqueue(int64_t end) {
  while (!held_ && waiting_ < kBursts && enqueued_ < end) {
    std::vector<StepPlan> steps(static_cast<size_t>(std::min(burst_, end - enqueued_)));
    for (size_t i = 0; i < steps.size(); ++i) steps[i] = plan_(enqueued_ + static_cast<int64_t>(i));
    if (waiting_ == 0) last_arrival_ = std::chrono::steady_clock::now();
    engine_->launch(enqueued_, steps);
    enqueued_ += static_cast<int64_t>(steps.size());
    ++waiting_;
  }
}

void StepPipeline::receive() {
  const BurstOutcome burst = engine_->receive();
  --waiting_;
  const auto now = std::chrono::steady_clock::now();
  const double took = std::chrono::duration<double>(now - last_arrival_).count();
  last_arrival_ = now;
  outcomes_.insert(outcomes_.end(), burst.steps.begin(), burst.steps.end());
  if (observe_) observe_(burst);
  if (++received_ <= kSingleSteps) return;
  // The time between two arrivals is that of a burst, or of the host's work meanwhile: never too
  // short.
  const double fitting = slice_ * static_cast<double>(burst.steps.size()) / std::max(took, 1e-6);
  const int64_t wanted = std::clamp<int64_t>(static_cast<int64_t>(fitting), 1, engine_->most_steps());
  burst_ = std::min(wanted, 2 * burst_);
}

bool StepPipeline::advance_step(int64_t end) {
  if (outcomes_.empty()) {
    if (idle()) held_ = false;
    enqueue(end);
    if (waiting_ == 0) return false;
    receive();
  }
  outcome_ = outcomes_.front();
  outcomes_.pop_front();
  ++told_;
  return true;
}

}  // namespace lf::training
