// Result of the time grid tool, and the meaning of its arguments.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/image_sheet.h"
#include "lab/arguments.h"
#include "lab/result.h"

namespace lf {

/// Most steps of a grid.
constexpr int kMostGridSteps = 16;

/// One placement of the steps, and its error.
struct LabGrid {
  std::vector<double> times;  ///< (steps + 1) from 0 to 1; empty while unknown
  double error = 0;           ///< RMS difference of x(1) from the reference, per coordinate (standard
                              ///< deviation of latents: 1)
  double pixel_error = 0;     ///< RMS difference of the decoded images from the reference, pixels in [0, 1]
  std::vector<float> step_errors;  ///< (steps) predicted local error; may be empty
  ImageSheet pictures;             ///< (shown)
};

/// The user's grid, equal steps, and steps of equal error.
struct LabTimeGrid : LabResult {
  int64_t digits = 0;     ///< integrated
  int64_t shown = 0;      ///< the first ones, with images
  std::string reference;  ///< "rk4, 50 steps"
  std::string solver;
  int order = 1;
  int64_t nfe = 0;  ///< of the current grid
  LabGrid present, equal, equalised;
  ImageSheet true_pictures;  ///< (shown) of the reference
  // Measured along the reference, with steps of `probe`; empty before the measurement.
  double probe = 0;                ///< length of those steps
  std::vector<float> t;            ///< (K) their middles
  std::vector<float> local_error;  ///< (K) RMS error of such a step, divided by its length
  std::vector<float> density;      ///< (K) density of steps for equal error; its mean over t is 1

  /// One row for every step of each grid.
  LabTable table() const override;
  LabFigure figure() const override;
};

/// The boundaries (0, …, 1) given by `times` (comma-separated inner times), else by `steps` and
/// `warp` (t = u^warp). Throws InputError for times that do not ascend between 0 and 1 or are too
/// many.
std::vector<double> named_time_grid(const LabArguments& arguments);
/// Inner times in the format of the argument `times`, rounded to five places.
std::string time_grid_text(const std::vector<double>& boundaries);

}  // namespace lf
