// Straightness of a flow's trajectories: straight ones need few steps, and optimal transport has
// them.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace lf::flow {

/// The shape of every trajectory; all (B), float64.
struct PathShape {
  at::Tensor length;  ///< of the polygon through the states
  at::Tensor chord;   ///< distance from start to end
  at::Tensor ratio;   ///< length / chord >= 1, 1 for a straight trajectory; infinite where it ends at its
                      ///< start
  at::Tensor cost;    ///< squared transport cost |x_end - x_start|^2 (summed over coordinates)
  /// `integral |dx/dt - (x_end - x_start)/T|^2 dt * T` (Liu et al. 2023, "straightness"; T the
  /// duration). It is 0 only for a straight trajectory at constant speed, which one Euler step
  /// solves exactly.
  at::Tensor deviation;
};

/// states: (S, B, ...), S >= 2; times: S numbers, strictly monotonic. InputError otherwise.
PathShape path_shape(const at::Tensor& states, const std::vector<double>& times);

/// The same from a vector of S states (B, ...), as a `Trajectory` has them.
PathShape path_shape(const std::vector<at::Tensor>& states, const std::vector<double>& times);

/// Where along t the trajectories turn.
struct Turning {
  std::vector<double> t;  ///< the S - 2 inner times
  at::Tensor angle;       ///< (S - 2, B) float64, radians in [0, pi] between the velocities before and after
  at::Tensor rate;  ///< (S - 2, B) radians per unit of t: angle over the time between the midpoints of both
                    ///< steps
};

/// states: (S, B, ...), S >= 3; times as above. The velocity of a step is its difference quotient; the angle
/// at a step that does not move is 0. InputError for shapes that do not fit.
Turning turning(const at::Tensor& states, const std::vector<double>& times);

}  // namespace lf::flow
