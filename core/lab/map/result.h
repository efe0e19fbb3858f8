// Result of the map of the latent space.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "lab/result.h"

namespace lf {

/// Digits as points of a plane.
struct LabMapCloud {
  int64_t total = 0;                      ///< number of digits; fewer are known during encoding
  std::vector<float> points;              ///< (known, 2)
  std::vector<uint8_t> labels;            ///< (known)
  std::shared_ptr<const uint8_t> pixels;  ///< of all images, (total, shape)
  ImageShape shape = kDigitShape;

  /// The image of digit `index` < total; `pixels` is there.
  ImageView image(int64_t index) const { return {pixels.get() + index * shape.pixels(), shape}; }
};

/// The latents of all digits, the prior, and states in between.
struct LabMap : LabResult {
  std::string axes;  ///< "class axes" or "principal axes"
  LabMapCloud train, test;
  double share = 0;  ///< of the latents' variance in the plane, 0..1
  double mean_accuracy =
      -1;  ///< of the nearest class mean in all 64 dimensions, on the test digits; −1: not yet
  std::vector<float> prior;             ///< (P, 2) samples of the noise
  std::vector<float> t;                 ///< (S) times of the flowing digits
  std::vector<float> flowing;           ///< (S, F, 2)
  std::vector<uint8_t> flowing_labels;  ///< (F) class labels

  /// One row per digit.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
