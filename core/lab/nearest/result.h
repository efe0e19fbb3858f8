// What the search for the nearest training digits publishes.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "lab/result.h"

namespace lf {

/// The nearest training digits of every sample by one distance, and what real test digits say about it.
struct LabNeighbours {
  std::vector<int64_t> index;   ///< (samples, k) in the training set, nearest first; empty: not searched yet
  std::vector<float> distance;  ///< (samples, k) Euclidean
  std::vector<uint8_t> labels;  ///< (samples, k) of those digits
  std::vector<uint8_t> pictures;  ///< (samples, k, 784)
  std::vector<float> ratio;       ///< (samples) d1 / d2: near 0 a copy, near 1 equally far from all
  std::vector<float> test_ratio;  ///< (test digits) the same of real digits, ascending; empty: not known yet
  double threshold = std::numeric_limits<double>::quiet_NaN();  ///< 1 % quantile of test_ratio: the alarm
};

/// "Has it copied a training digit?": the preview's samples and what lies next to them.
struct LabNearest : LabResult {
  int64_t samples = 0, k = 0;
  int64_t train_count = 0;        ///< training digits that are searched
  int64_t test_count = 0;         ///< real digits that the alarm is set by
  std::vector<uint8_t> labels;    ///< (samples) asked for; 10: nobody asked
  std::vector<uint8_t> pictures;  ///< (samples, 784)
  LabNeighbours latent;           ///< distances of standardised latents: 64 numbers of deviation 1
  LabNeighbours pixels;           ///< distances of pictures: 784 pixels in [0, 1]

  /// One row for every sample and neighbour.
  LabTable table() const override;
  LabFigure figure() const override;
};

/// Samples whose ratio is below the threshold; -1 while that is not known.
int64_t copy_alarms(const LabNeighbours& found);

}  // namespace lf
