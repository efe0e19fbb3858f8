// Result of the solver microscope.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/image_sheet.h"
#include "lab/result.h"

namespace lf {

/// One solution of the same equation.
struct LabSolverPoint {
  std::string solver;
  int order = 1;
  bool adaptive = false;
  int64_t nfe = 0;
  double tolerance = 0;    ///< of an adaptive solver
  double error = 0;        ///< RMS difference of x(1) from the reference, per coordinate (standard deviation
                           ///< of latents: 1)
  double pixel_error = 0;  ///< RMS difference of the decoded images from the reference, pixels in [0, 1]
  int64_t accepted = 0, rejected = 0;  ///< steps
};

/// One attempted step of the adaptive solver.
struct LabAttempt {
  float from = 0, to = 0, error = 0;  ///< error relative to the tolerance
  bool accepted = true;
};

/// Every solver from the same noise, compared with a reference.
struct LabSolvers : LabResult {
  int64_t digits = 0;     ///< integrated
  int64_t shown = 0;      ///< of them with images
  std::string reference;  ///< "rk4, 50 steps"
  int64_t reference_nfe = 0;
  std::vector<LabSolverPoint> points;  ///< in the order computed
  ImageSheet pictures;                 ///< (points, shown)
  ImageSheet true_pictures;            ///< (shown) of the reference
  std::vector<LabAttempt> attempts;    ///< of dopri5 at attempts_tolerance
  double attempts_tolerance = 0;

  /// One row for every solver and number of evaluations.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
