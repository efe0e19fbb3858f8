// How well an autoencoder gives back pictures it never saw: PSNR.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace lf::metrics {

/// Squared error of each image, mean over its 784 pixels: originals uint8 (n, 28, 28) or (n, 784),
/// reconstructions float (n, ...784 values) in [0, 1]. Returns float64 (n).
at::Tensor image_errors(const at::Tensor& originals_u8, const at::Tensor& reconstructions);

/// `-10 log10(mse)` in dB for images in [0, 1]; infinite for mse = 0.
double psnr_of(double mean_squared_error);

/// Collects the errors of blocks of images.
class ReconstructionStatistics {
 public:
  /// Arguments as image_errors().
  void add(const at::Tensor& originals_u8, const at::Tensor& reconstructions);
  /// PSNR in dB of the mean error over all images; NaN when empty.
  double psnr() const;
  /// Mean squared error of every image added, in order (N), float64.
  at::Tensor errors() const;

 private:
  std::vector<at::Tensor> errors_;
};

}  // namespace lf::metrics
