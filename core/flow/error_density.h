// Placement of a solver's steps: a grid on which every step makes the same error.
#pragma once

#include <cstdint>
#include <vector>

namespace lf::flow {

/// Number of steps of unit error per unit of t, piecewise linear in t and constant beyond its ends.
/// With local error C(t) h^(p+1) this is C^(1/(p+1)), so a step with integral q over it has the
/// error q^(p+1).
struct ErrorDensity {
  std::vector<double> t;      ///< ascending, within [0, 1]
  std::vector<double> value;  ///< > 0

  /// Integral from 0 to `to`.
  double integral(double to) const;
  double total() const { return integral(1); }
};

/// `middles` (K) ascending and `errors` (K) >= 0 of steps of one length, by a solver of this order.
/// Densities below a hundredth of the largest are raised to it, so that no step becomes arbitrarily
/// long. InputError when there is no measurement or the counts differ.
ErrorDensity error_density(const std::vector<double>& middles, const std::vector<double>& errors,
                           double step_length, int order);

/// (steps + 1) boundaries from 0 to 1 with equal integrals between them.
std::vector<double> equidistributed(const ErrorDensity& density, int64_t steps);

/// (steps) the local error of each step of a grid.
std::vector<double> foretold_errors(const ErrorDensity& density, const std::vector<double>& boundaries,
                                    int order);

}  // namespace lf::flow
