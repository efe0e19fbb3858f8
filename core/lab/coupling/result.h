// What the coupling tool publishes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lab/result.h"

namespace lf {

/// One way to pair the noise of a batch with its digits.
struct LabPairing {
  std::string law;                 ///< "independent", "transport", "transport-by-digit"
  double cost = 0;                 ///< mean squared distance of a pair, summed over 64 coordinates
  double cost_spread = 0;          ///< standard deviation of that mean over batches
  double skew = 0;                 ///< class skew in standard deviations of chance, mean over batches
  double excess = 0;               ///< squared norm of a class's mean noise beyond chance, mean over batches
  std::vector<int64_t> noise_row;  ///< (batch) of the first batch: the noise that goes with each digit
};

/// What a few Euler steps make of the flow.
struct LabFewSteps {
  int64_t steps = 0;
  double error = 0;           ///< RMS of x(1) against this flow's fine solution, per coordinate
  double pixel_error = 0;     ///< RMS of the decoded pictures against the fine ones', pixels in [0, 1]
  std::vector<float> points;  ///< (digits, steps + 1, 2) in the plane
};

/// The ways of one flow.
struct LabFlowWays {
  double detour = 0;          ///< mean path length over chord, minus 1
  std::vector<float> points;  ///< (digits, fine states, 2) of the fine solution in the plane
  std::vector<LabFewSteps> few;
  std::vector<uint8_t> pictures;  ///< (few + 1, shown, 784); the fine solution last
};

/// "Who goes with whom?": three couplings of the same batches, and the ways of the flow before and after a
/// reflow.
struct LabCoupling : LabResult {
  int64_t batch = 0;                  ///< pairs of a batch
  int64_t batches = 0, planned = 0;   ///< measured so far, and in the end
  std::string trained_with;           ///< the coupling of the model in hand
  std::vector<uint8_t> labels;        ///< (batch) of the first batch
  std::vector<float> latents, noise;  ///< (batch, 2) of the first batch along the two class axes
  std::vector<LabPairing> pairings;

  int64_t digits = 0, shown = 0;      ///< followed; with pictures
  std::vector<uint8_t> digit_labels;  ///< (digits) asked for; 10: nobody asked
  std::string reference;              ///< "midpoint, 32 steps"
  int64_t fine_states = 0;
  LabFlowWays now;
  LabFlowWays before;  ///< empty unless a reflow is at work

  /// A row for every coupling, and one for every number of steps of the flow now and before.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
