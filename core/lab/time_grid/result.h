// What the time grid tool publishes, and how its arguments name a grid.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lab/arguments.h"
#include "lab/result.h"

namespace lf {

/// Most steps of a grid.
constexpr int kMostGridSteps = 16;

/// One way to place the steps, and what it gets wrong.
struct LabGrid {
  std::vector<double> times;  ///< (steps + 1) from 0 to 1; empty while unknown
  double error = 0;           ///< RMS of x(1) against the reference, per coordinate (latents: deviation 1)
  double pixel_error = 0;     ///< RMS of the decoded pictures against the reference's, pixels in [0, 1]
  std::vector<float> step_errors;  ///< (steps) local error that the measurement foretells; may be empty
  std::vector<uint8_t> pictures;   ///< (shown, 784)
};

/// "Where should the steps go?": a grid of one's own beside equal steps and those that equalise the error.
struct LabTimeGrid : LabResult {
  int64_t digits = 0;     ///< integrated
  int64_t shown = 0;      ///< the first ones, with pictures
  std::string reference;  ///< "rk4, 50 steps"
  std::string solver;
  int order = 1;
  int64_t nfe = 0;  ///< of the present grid
  LabGrid present, equal, equalised;
  std::vector<uint8_t> true_pictures;  ///< (shown, 784) of the reference
  // Measured along the reference, with steps of `probe`; empty until then.
  double probe = 0;                ///< length of those steps
  std::vector<float> t;            ///< (K) their middles
  std::vector<float> local_error;  ///< (K) RMS error of such a step, divided by its length
  std::vector<float> density;      ///< (K) share of the steps that belongs there, its mean over t is 1

  /// One row for every step of each grid.
  LabTable table() const override;
  LabFigure figure() const override;
};

/// The boundaries (0, …, 1) that `times` (comma-separated inner times), else `steps` and `warp` (t = u^warp)
/// name. Throws InputError for times that do not rise between 0 and 1 or are too many.
std::vector<double> named_time_grid(const LabArguments& arguments);
/// Inner times as the argument `times` has them, rounded to five places.
std::string time_grid_text(const std::vector<double>& boundaries);

}  // namespace lf
