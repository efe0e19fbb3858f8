// What the likelihood of test digits publishes.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "lab/result.h"

namespace lf {

/// "Which digits does it find likely?": bits for each of the 64 numbers of a standardised latent, posterior
/// means of test digits; less is likelier.
struct LabLikelihood : LabResult {
  bool labelled = true;                                   ///< of p(z | its digit); false: of p(z)
  int64_t planned = 0;                                    ///< digits wanted
  int64_t planned_exact = 0;                              ///< digits wanted exactly
  int64_t probes = 0;                                     ///< that every digit known has by now
  std::vector<uint8_t> labels;                            ///< (n) of the first n test digits
  std::vector<float> bits;                                ///< (n) a dimension, Hutchinson's estimate
  std::vector<float> error;                               ///< (n) its standard error by the probes
  std::vector<float> exact;                               ///< (m) of the first m ≤ n, by the exact trace
  std::array<double, 10> mean{}, spread{}, mean_error{};  ///< by class; NaN where there are too few
  double overall = 0, overall_error = 0;                  ///< mean of all digits and its standard error
  // Of the estimate against the exact trace, over the digits that have both; NaN where none has.
  double bias = std::numeric_limits<double>::quiet_NaN();  ///< mean of estimate − exact
  double rms = std::numeric_limits<double>::quiet_NaN();   ///< root mean square of it
  double correlation = std::numeric_limits<double>::quiet_NaN();
  std::vector<int64_t> most, least;  ///< indices of test digits, the most extreme first
  std::vector<uint8_t> pictures;     ///< (most + least, 784)

  /// One row for every digit.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
