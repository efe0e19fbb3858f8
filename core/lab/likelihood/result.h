// Result of the likelihood of test digits.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/classes.h"
#include "base/image_sheet.h"
#include "lab/result.h"

namespace lf {

/// Bits per dimension of a standardised latent with 64 dimensions, for posterior means of test
/// digits; fewer bits mean higher likelihood.
struct LabLikelihood : LabResult {
  bool labelled = true;                            ///< of p(z | its class); false: of p(z)
  int64_t planned = 0;                             ///< number of digits requested
  int64_t planned_exact = 0;                       ///< number of exact ones requested
  int64_t probes = 0;                              ///< of every digit so far
  std::vector<uint8_t> labels;                     ///< (n) of the first n test digits
  std::vector<float> bits;                         ///< (n) per dimension, Hutchinson's estimate
  std::vector<float> error;                        ///< (n) its standard error by the probes
  std::vector<float> exact;                        ///< (m) of the first m ≤ n, by the exact trace
  ByClass<double> mean{}, spread{}, mean_error{};  ///< by class; NaN if there are too few
  double overall = 0, overall_error = 0;           ///< mean of all digits and its standard error
  // Error of the estimate compared with the exact trace, over the digits that have both; NaN if
  // there are none.
  double bias = std::numeric_limits<double>::quiet_NaN();  ///< mean of estimate − exact
  double rms = std::numeric_limits<double>::quiet_NaN();   ///< root mean square of it
  double correlation = std::numeric_limits<double>::quiet_NaN();
  std::vector<int64_t> most, least;  ///< indices of test digits, the most extreme first
  ImageSheet pictures;               ///< (most + least)

  /// One row per digit.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
