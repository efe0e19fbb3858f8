// Slightly distorted digits for training the classifier: a class must not depend on exact position
// or slant.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

namespace lf::training {

/// Largest distortion of each kind; every image samples its own, uniformly in ± the range.
struct DistortionRange {
  double degrees = 12;  ///< rotation
  double scale = 0.10;  ///< relative size, per axis
  double shear = 0.15;
  double shift = 2;  ///< pixels, per axis
};

/// Images (n, 1, 28, 28) in [0, 1] under random affine maps, sampled bilinearly, black outside.
at::Tensor distort_digits(const at::Tensor& images, const DistortionRange& range, at::Generator generator);

}  // namespace lf::training
