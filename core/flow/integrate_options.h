// How to solve an ODE: method, steps, tolerances and limits.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lf::flow {

/// Options of `integrate`; checked by `Integration`.
struct IntegrateOptions {
  std::string solver = "midpoint";  ///< an id of `solvers()`
  int steps = 16;                   ///< equal steps of a fixed-step solver, >= 1
  double t0 = 0;                    ///< start; t0 > t1 integrates backwards
  double t1 = 1;                    ///< end
  std::vector<double> grid;         ///< own step boundaries of a fixed-step solver; replaces steps, t0 and t1
  double atol = 1e-6;               ///< adaptive solvers: absolute tolerance, >= 0
  double rtol = 1e-5;               ///< adaptive solvers: relative tolerance, >= 0, not both 0
  int64_t max_nfe = 10000;          ///< RunError beyond
  double min_step = 1e-7;           ///< adaptive solvers: RunError if a shorter step is needed
  int nfe_per_call = 1;             ///< evaluations that one call of the field stands for (guidance: 2)
};

}  // namespace lf::flow
