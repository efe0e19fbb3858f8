#include "flow/step_policy.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>
#include <vector>

#include "base/errors.h"

namespace lf::flow {
namespace {

// ---- boundaries given in advance ----

std::vector<double> equal_steps(const IntegrateOptions& options) {
  if (options.steps < 1) {
    throw InputError("cannot integrate in " + std::to_string(options.steps) + " steps; use 1 or more");
  }
  if (options.t0 == options.t1) return {options.t0};
  std::vector<double> grid;
  for (int i = 0; i < options.steps; ++i) {
    grid.push_back(options.t0 + (options.t1 - options.t0) * i / options.steps);
  }
  grid.push_back(options.t1);
  return grid;
}

void check_grid(const std::vector<double>& grid) {
  for (size_t i = 1; i < grid.size(); ++i) {
    const bool same_direction = (grid[i] - grid[i - 1]) * (grid.back() - grid.front()) > 0;
    if (!same_direction || !std::isfinite(grid[i]) || !std::isfinite(grid[i - 1])) {
      throw InputError("the step boundaries must go strictly in one direction; number " + std::to_string(i) +
                       " does not");
    }
  }
}

class FixedGrid : public StepPolicy {
 public:
  explicit FixedGrid(std::vector<double> boundaries) : boundaries_(std::move(boundaries)) {
    check_grid(boundaries_);
  }
  double start() const override { return boundaries_.front(); }
  bool finished(double) const override { return next_ == boundaries_.size(); }
  double attempt_end(double) const override { return boundaries_[next_]; }
  OdeStep judge(const RungeKuttaStep& step) override {
    ++next_;
    return {step.t(), step.t_end(), true, 0};
  }

 private:
  std::vector<double> boundaries_;
  size_t next_ = 1;
};

// ---- boundaries from the error estimate ----

/// The differences between the two adaptive rules.
struct ErrorRules {
  bool rms_per_sample;    // else the largest coordinate of the batch
  double first_fraction;  // of the whole interval, for the first attempt
  double min_factor;      // limits of the change of the step length
  double max_factor;
  double max_after_rejection;  // limit of the change right after a rejection
};

// Starts with a tenth of the interval: an attempt over all of it is nearly always rejected, at the
// cost of six evaluations. Growth stops after a rejection because the longer step was just
// rejected.
constexpr ErrorRules kSampleRms = {true, 0.1, 0.2, 5, 1};
constexpr ErrorRules kBatchMax = {false, 1, 0.1, 10, 10};

constexpr double kSafety = 0.9;
constexpr double kErrorFloor = 1e-9;
constexpr double kExponent = -1.0 / 5;  // the error of a step falls with h^5

void check_tolerances(const IntegrateOptions& options) {
  const bool both = options.atol >= 0 && options.rtol >= 0 && options.atol + options.rtol > 0;
  if (!both || !std::isfinite(options.atol + options.rtol)) {
    throw InputError("the tolerances atol and rtol must be at least 0, not both 0, and finite");
  }
  if (!options.grid.empty()) {
    throw InputError("solver '" + options.solver +
                     "' chooses its own steps; give step boundaries to a fixed-step one");
  }
  if (!std::isfinite(options.t0) || !std::isfinite(options.t1)) {
    throw InputError("the start and end times of an integration must be finite");
  }
}

class AdaptiveSteps : public StepPolicy {
 public:
  AdaptiveSteps(const ErrorRules& rules, const IntegrateOptions& options)
      : rules_(rules), options_(options), length_(rules.first_fraction * (options.t1 - options.t0)) {
    check_tolerances(options);
  }
  double start() const override { return options_.t0; }
  bool finished(double t) const override { return t == options_.t1; }

  double attempt_end(double t) const override {
    // The last step is clipped to the end; a remainder of the size of rounding would cost a whole
    // step.
    const double left = options_.t1 - t - length_;
    const double interval = options_.t1 - options_.t0;
    return left / interval < 1e-12 ? options_.t1 : t + length_;
  }

  OdeStep judge(const RungeKuttaStep& step) override {
    const double error = error_over_tolerance(step);
    const bool accepted = error < 1;
    const double tried = step.t_end() - step.t();
    const double limit = after_rejection_ ? rules_.max_after_rejection : rules_.max_factor;
    const double factor = kSafety * std::pow(std::max(error, kErrorFloor), kExponent);
    length_ = tried * std::clamp(factor, rules_.min_factor, limit);
    after_rejection_ = !accepted;
    require_progress(step, error);
    return {step.t(), step.t_end(), accepted, error};
  }

 private:
  /// `|err| / (atol + rtol max(|x|, |x'|))`, reduced to one number by the rules.
  double error_over_tolerance(const RungeKuttaStep& step) const {
    const at::Tensor scale = at::maximum(step.x().abs(), step.solution().abs());
    const at::Tensor ratio = step.error().abs() / (options_.atol + options_.rtol * scale);
    if (ratio.numel() == 0) return 0;
    if (!rules_.rms_per_sample) return ratio.max().item<double>();
    return ratio.reshape({ratio.size(0), -1}).square().mean(1).max().sqrt().item<double>();
  }

  void require_progress(const RungeKuttaStep& step, double error) const {
    std::ostringstream text;
    text << "the integration with " << options_.solver << " stopped at t = " << step.t() << ": ";
    if (!std::isfinite(error)) {
      text << "the velocity is not finite there; train with a lower learning rate or load another model";
      throw RunError(text.str());
    }
    if (error >= 1 && std::abs(length_) < options_.min_step) {
      text << "it would need a step below the minimum of " << options_.min_step
           << "; use looser tolerances or a fixed-step solver";
      throw RunError(text.str());
    }
  }

  ErrorRules rules_;
  IntegrateOptions options_;
  double length_;  // signed length of the next attempt
  bool after_rejection_ = false;
};

}  // namespace

std::unique_ptr<StepPolicy> make_step_policy(const SolverInfo& solver, const IntegrateOptions& options) {
  switch (solver.control) {
    case StepControl::SampleRms:
      return std::make_unique<AdaptiveSteps>(kSampleRms, options);
    case StepControl::BatchMax:
      return std::make_unique<AdaptiveSteps>(kBatchMax, options);
    case StepControl::FixedGrid:
      break;
  }
  return std::make_unique<FixedGrid>(options.grid.empty() ? equal_steps(options) : options.grid);
}

}  // namespace lf::flow
