// Result of the search for the nearest training digits.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "base/image_sheet.h"
#include "lab/result.h"

namespace lf {

/// The nearest training digits of every sample by one distance, and the same for real test digits.
struct LabNeighbours {
  std::vector<int64_t> index;   ///< (samples, k) in the training set, nearest first; empty: not searched yet
  std::vector<float> distance;  ///< (samples, k) Euclidean
  std::vector<uint8_t> labels;  ///< (samples, k) of those digits
  ImageSheet pictures;          ///< (samples, k)
  std::vector<float> ratio;     ///< (samples) d1 / d2: near 0 for a copy, near 1 if equally far from all
  std::vector<float> test_ratio;  ///< (test digits) the same of real digits, ascending; empty: not known yet
  double threshold = std::numeric_limits<double>::quiet_NaN();  ///< 1 % quantile of test_ratio: threshold of
                                                                ///< the alarm
};

/// The preview's samples and their nearest training digits.
struct LabNearest : LabResult {
  int64_t samples = 0, k = 0;
  int64_t train_count = 0;      ///< number of training digits searched
  int64_t test_count = 0;       ///< number of real digits that define the threshold
  std::vector<uint8_t> labels;  ///< (samples) class labels; 10: unconditional
  ImageSheet pictures;          ///< (samples)
  LabNeighbours latent;         ///< distances of standardised latents: 64 dimensions of standard deviation
                                ///< 1
  LabNeighbours pixels;         ///< distances of images: 784 pixels in [0, 1]

  /// One row for every sample and neighbour.
  LabTable table() const override;
  LabFigure figure() const override;
};

/// Samples whose ratio is below the threshold; -1 while unknown.
int64_t copy_alarms(const LabNeighbours& found);

}  // namespace lf
