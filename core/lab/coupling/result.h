// Result of the coupling lab.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/image_sheet.h"
#include "lab/result.h"

namespace lf {

/// One coupling of the noise and digits of a batch.
struct LabPairing {
  std::string law;                 ///< "independent", "transport", "transport-by-digit"
  double cost = 0;                 ///< mean squared distance of a pair, summed over 64 coordinates
  double cost_spread = 0;          ///< standard deviation of that mean over batches
  double skew = 0;                 ///< class bias in standard deviations under independent coupling, mean
                                   ///< over batches
  double excess = 0;               ///< squared norm of a class's mean noise in excess of an independent
                                   ///< coupling, mean over batches
  std::vector<int64_t> noise_row;  ///< (batch) of the first batch: the noise paired with each digit
};

/// The result of a few Euler steps.
struct LabFewSteps {
  int64_t steps = 0;
  double error = 0;           ///< RMS difference of x(1) from this flow's fine solution, per coordinate
  double pixel_error = 0;     ///< RMS difference of the decoded images from the fine ones, pixels in [0, 1]
  std::vector<float> points;  ///< (digits, steps + 1, 2) in the plane
};

/// The trajectories of one flow.
struct LabFlowWays {
  double detour = 0;          ///< mean path length over chord, minus 1
  std::vector<float> points;  ///< (digits, fine states, 2) of the fine solution in the plane
  std::vector<LabFewSteps> few;
  ImageSheet pictures;  ///< (few + 1, shown); the fine solution last
};

/// Three couplings of the same batches, and the trajectories of the flow before and after a reflow.
struct LabCoupling : LabResult {
  int64_t batch = 0;                  ///< pairs of a batch
  int64_t batches = 0, planned = 0;   ///< measured so far, and in total
  std::string trained_with;           ///< the coupling of the current model
  std::vector<uint8_t> labels;        ///< (batch) of the first batch
  std::vector<float> latents, noise;  ///< (batch, 2) of the first batch along the two class axes
  std::vector<LabPairing> pairings;

  int64_t digits = 0, shown = 0;      ///< with trajectories; with images
  std::vector<uint8_t> digit_labels;  ///< (digits) class labels; 10: unconditional
  std::string reference;              ///< "midpoint, 32 steps"
  int64_t fine_states = 0;
  LabFlowWays now;
  LabFlowWays before;  ///< empty unless a reflow is running

  /// A row for every coupling, and one for every number of steps of the flow now and before.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
