// Result of the endpoint estimate tool.
#pragma once

#include <cstdint>
#include <vector>

#include "base/image_sheet.h"
#include "lab/result.h"

namespace lf {

/// The endpoint estimate x̂1(t) along the trajectory, and the judge's predictions for it.
struct LabGhost : LabResult {
  int64_t digits = 0;
  std::vector<float> t;             ///< (S) ascending from 0 to 1
  std::vector<uint8_t> labels;      ///< (digits) class labels; 10: unconditional (no labels, or guidance 0)
  ImageSheet states;                ///< (S, digits) decoded x_t
  ImageSheet guesses;               ///< (S, digits) decoded x̂1(t)
  std::vector<float> probability;   ///< (S, digits, 10) of each class for the estimate
  std::vector<float> entropy;       ///< (S, digits) of those, in bits
  std::vector<float> mean_entropy;  ///< (S)
  std::vector<uint8_t> seen;        ///< (S, digits) the most probable class
  std::vector<float> decided;       ///< (digits) the t after which that class stays
  int64_t switches = 0;             ///< changes of the class, over all digits

  /// One row for every state of every digit.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
