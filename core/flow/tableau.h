// Butcher tableaus: the coefficients of explicit solvers.
#pragma once

#include <vector>

namespace lf::flow {

/// An explicit Runge-Kutta step of length h from (t, x) with s stages:
///   k_i = v(x + h sum_{j<i} a_ij k_j, t + c_i h),   x' = x + h sum_i b_i k_i,   error = h sum_i
///   e_i k_i
/// Stage 0 may be taken from the previous step instead of being evaluated. That is how dopri5
/// reuses
/// its last stage, and how the multistep ab2 uses the velocity of the previous point.
struct Tableau {
  std::vector<double> c;               ///< (s) times of the stages, in steps
  std::vector<std::vector<double>> a;  ///< row i holds i weights: the stages before it
  std::vector<double> b;               ///< (s) weights of the solution
  std::vector<double> e;               ///< (s) weights of the error estimate; empty: there is none
  int carried_stage = -1;              ///< the stage that becomes stage 0 of the next step; -1: none
};

}  // namespace lf::flow
