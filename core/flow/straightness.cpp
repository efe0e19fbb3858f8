#include "flow/straightness.h"

#include <ATen/ATen.h>

#include <limits>

#include "base/errors.h"

namespace lf::flow {
namespace {

/// Steps of the trajectory; checks the input.
struct Steps {
  at::Tensor move;      // (S - 1, B, D) float64, differences of states
  at::Tensor duration;  // (S - 1, 1) > 0
};

Steps steps_of(const at::Tensor& states, const std::vector<double>& times, int64_t least) {
  const auto count = static_cast<int64_t>(times.size());
  if (states.dim() < 2 || states.size(0) != count || count < least) {
    throw InputError("the straightness of trajectories needs " + std::to_string(least) +
                     " or more states and a time for each; got " +
                     std::to_string(states.dim() ? states.size(0) : 0) + " states and " +
                     std::to_string(count) + " times");
  }
  const at::Tensor flat = states.detach().to(at::kDouble).reshape({count, states.size(1), -1});
  at::Tensor duration = at::tensor(times, at::kDouble).diff();
  if (times.back() < times.front()) duration = -duration;  // a trajectory is equally straight backwards
  if (duration.le(0).any().item<bool>())
    throw InputError("the straightness of trajectories needs times that rise or fall throughout");
  return {flat.diff(1, 0), duration.unsqueeze(1)};
}

at::Tensor norm_of(const at::Tensor& x) { return at::linalg_vector_norm(x, 2, at::IntArrayRef{-1}); }

}  // namespace

PathShape path_shape(const at::Tensor& states, const std::vector<double>& times) {
  const Steps steps = steps_of(states, times, 2);
  const at::Tensor step_length = norm_of(steps.move);         // (S - 1, B)
  const at::Tensor cost = steps.move.sum(0).square().sum(1);  // (B)
  const at::Tensor length = step_length.sum(0), chord = cost.sqrt();
  const at::Tensor ratio = at::where(length > 0, length / chord, at::ones_like(length));
  const at::Tensor energy = (step_length.square() / steps.duration).sum(0) * steps.duration.sum();
  return {length, chord, ratio.clamp_min(1), cost, (energy - cost).clamp_min(0)};
}

PathShape path_shape(const std::vector<at::Tensor>& states, const std::vector<double>& times) {
  return path_shape(states.empty() ? at::empty({0, 0}) : at::stack(states), times);
}

Turning turning(const at::Tensor& states, const std::vector<double>& times) {
  const Steps steps = steps_of(states, times, 3);
  const int64_t inner = steps.move.size(0) - 1;
  const at::Tensor length = norm_of(steps.move).unsqueeze(2);
  const at::Tensor unit = at::where(length > 0, steps.move / length, at::zeros_like(steps.move));
  const at::Tensor before = unit.narrow(0, 0, inner), after = unit.narrow(0, 1, inner);
  // Kahan's form: the cosine of a small angle is 1 to rounding, this is exact for all angles. Two
  // zeros give 0; one zero would give a right angle.
  at::Tensor angle = 2 * at::atan2(norm_of(before - after), norm_of(before + after));  // (S - 2, B)
  const at::Tensor moves = length.squeeze(2) > 0;
  angle = at::where(moves.narrow(0, 0, inner) & moves.narrow(0, 1, inner), angle, at::zeros_like(angle));
  const at::Tensor between = (steps.duration.narrow(0, 0, inner) + steps.duration.narrow(0, 1, inner)) / 2;
  return {{times.begin() + 1, times.end() - 1}, angle, angle / between};
}

}  // namespace lf::flow
