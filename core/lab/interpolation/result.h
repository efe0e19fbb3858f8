// What the interpolation between two digits publishes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lab/result.h"

namespace lf {

/// One way from the first digit to the second.
struct LabFilm {
  std::string name;               ///< "latent", "noise", "flow"
  std::vector<uint8_t> pictures;  ///< (frames, 784)
  std::vector<uint8_t> seen;      ///< (frames) class the judge sees; empty without a judge
  std::vector<float> certainty;   ///< (frames) its probability, 0..1
  double length = 0;              ///< of the way in latent space, over the distance of its ends
};

/// "What lies between two digits?"
struct LabInterpolation : LabResult {
  int64_t first = 0, second = 0;  ///< indices of training digits
  uint8_t first_label = 0, second_label = 0;
  std::vector<uint8_t> ends;  ///< (2, 784) the digits themselves
  int64_t frames = 0;
  std::vector<float> share;    ///< (frames) 0 at the first digit, 1 at the second
  double t = 0.5;              ///< where the film "flow" is blended
  double round_trip = 0;       ///< RMS per coordinate between a latent and itself after noise and back
  std::vector<LabFilm> films;  ///< as far as they are made

  /// One row for every frame of every film.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
