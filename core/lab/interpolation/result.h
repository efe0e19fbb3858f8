// Result of the interpolation between two digits.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/image_sheet.h"
#include "lab/result.h"

namespace lf {

/// One route from the first digit to the second.
struct LabFilm {
  std::string name;              ///< "latent", "noise", "flow"
  ImageSheet pictures;           ///< (frames)
  std::vector<uint8_t> seen;     ///< (frames) class the judge predicts; empty without a judge
  std::vector<float> certainty;  ///< (frames) its probability, 0..1
  double length = 0;             ///< of the route in latent space, relative to the distance of its ends
};

/// Three routes between two digits.
struct LabInterpolation : LabResult {
  int64_t first = 0, second = 0;  ///< indices of training digits
  uint8_t first_label = 0, second_label = 0;
  ImageSheet ends;  ///< (2) the digits themselves
  int64_t frames = 0;
  std::vector<float> share;    ///< (frames) 0 at the first digit, 1 at the second
  double t = 0.5;              ///< where the film "flow" is blended
  double round_trip = 0;       ///< RMS difference per coordinate between a latent and itself after noise and
                               ///< back
  std::vector<LabFilm> films;  ///< the films that are complete

  /// One row for every frame of every film.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
