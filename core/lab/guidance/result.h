// Result of guidance anatomy.
#pragma once

#include <cstdint>
#include <vector>

#include "base/image_sheet.h"
#include "lab/result.h"

namespace lf {

/// Unconditional and conditional velocities, and the effect of guidance by number of steps.
struct LabGuidance : LabResult {
  int64_t digits = 0;    ///< one of each class, 0 to 9 in turn
  std::vector<float> t;  ///< (S) along the conditional trajectory (w = 1)
  double guided = 3;     ///< w of the guided estimates below
  ImageSheet guesses;    ///< (3, S, digits) decoded x̂1(t) by v_null, v_digit and the guided v
  std::vector<float> null_norm, digit_norm;  ///< (S, digits) RMS of the velocities, per coordinate
  std::vector<float> difference_norm;        ///< (S, digits) of v_digit − v_null: the term that guidance
                                             ///< multiplies
  std::vector<float> cosine;                 ///< (S, digits) between v_null and v_digit
  std::vector<double> weights;               ///< (W) guidances of the grid
  std::vector<int64_t> steps;                ///< (K) midpoint steps of the grid
  ImageSheet pictures;                       ///< (cells, digits), cell = weight · K + step, in this order
  std::vector<uint8_t> seen;  ///< (cells, digits) class the judge predicts; empty without a judge

  /// One row for every state of every class.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
