#include "flow/integrate.h"

#include <ATen/ATen.h>

#include <sstream>
#include <utility>

#include "base/errors.h"

namespace lf::flow {
namespace {

void check_start(const at::Tensor& x0, const IntegrateOptions& options) {
  if (!x0.defined() || x0.dim() < 1 || !x0.is_floating_point()) {
    throw InputError("an integration starts from a floating-point tensor (B, ...); this is not one");
  }
  if (options.max_nfe < 1 || options.nfe_per_call < 1) {
    throw InputError("max_nfe and nfe_per_call of an integration must be at least 1");
  }
}

void check_velocity(const at::Tensor& v, const at::Tensor& x) {
  if (v.sizes() == x.sizes()) return;
  std::ostringstream text;
  text << "the velocity has shape " << v.sizes() << " where x has " << x.sizes() << "; they must agree";
  throw InputError(text.str());
}

}  // namespace

Integration::Integration(at::Tensor x0, const IntegrateOptions& options)
    : solver_(&solver_from_name(options.solver)),
      max_nfe_(options.max_nfe),
      nfe_per_call_(options.nfe_per_call),
      policy_(make_step_policy(*solver_, options)) {
  check_start(x0, options);
  trajectory_.t = {policy_->start()};
  trajectory_.x = {std::move(x0)};
  begin_step();
}

void Integration::supply(const at::Tensor& v) {
  if (done()) throw InputError("the integration has reached its end; it needs no velocity");
  check_velocity(v, step_->x());
  trajectory_.nfe += nfe_per_call_;
  step_->supply(v.to(step_->x().scalar_type(), /*non_blocking=*/false, /*copy=*/true));
  if (step_->complete()) {
    finish_step();
  } else {
    require_budget();
  }
}

void Integration::begin_step() {
  const double t = trajectory_.t.back();
  step_.reset();
  if (policy_->finished(t)) return;
  require_budget();
  const double t_end = policy_->attempt_end(t);
  const double ratio = previous_length_ == 0 ? 0 : (t_end - t) / previous_length_;
  step_.emplace(solver_->tableau(ratio), t, t_end, trajectory_.x.back(), carried_);
}

void Integration::finish_step() {
  const OdeStep attempt = policy_->judge(*step_);
  trajectory_.attempts.push_back(attempt);
  carried_ = step_->carried(attempt.accepted);
  if (attempt.accepted) {
    trajectory_.t.push_back(attempt.t_to);
    trajectory_.x.push_back(step_->solution());
    previous_length_ = attempt.t_to - attempt.t_from;
  }
  begin_step();
}

void Integration::require_budget() const {
  if (trajectory_.nfe + nfe_per_call_ <= max_nfe_) return;
  std::ostringstream text;
  text << "the integration with " << solver_->id << " stopped at t = " << trajectory_.t.back() << " after "
       << trajectory_.nfe << " function evaluations, the limit is " << max_nfe_
       << "; allow more evaluations, looser tolerances or fewer steps";
  throw RunError(text.str());
}

Trajectory integrate(const VelocityField& field, at::Tensor x0, const IntegrateOptions& options) {
  Integration run(std::move(x0), options);
  while (!run.done()) run.supply(field(run.wanted_x(), run.wanted_t()));
  return run.trajectory();
}

}  // namespace lf::flow
