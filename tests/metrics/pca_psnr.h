// What an autoencoder has to beat: principal components.
#pragma once

#include <ATen/ATen.h>

#include <tuple>

#include "base/image_shape.h"
#include "metrics/image_bytes.h"
#include "metrics/reconstruction.h"

namespace lf::metrics {

/// PSNR of the test images after projection on the first `components` principal components of the training
/// images, clipped to [0, 1] (64 components give 21.1 dB on MNIST). Both uint8 (N, 784).
inline double pca_psnr(const at::Tensor& train_u8, const at::Tensor& test_u8, int64_t components = 64) {
  at::Tensor train = to_unit(train_u8).flatten(1);
  at::Tensor mean = train.mean(0, true);
  train -= mean;
  at::Tensor covariance = train.t().matmul(train).to(at::kDouble) / train.size(0);
  auto [values, vectors] = at::linalg_eigh(covariance);  // ascending: the last ones matter most
  at::Tensor basis = vectors.narrow(1, kDigitPixels - components, components).to(at::kFloat);
  at::Tensor codes = (to_unit(test_u8).flatten(1) - mean).matmul(basis);
  at::Tensor restored = (codes.matmul(basis.t()) + mean).clamp(0, 1);
  return psnr_of(image_errors(test_u8, restored).mean().item<double>());
}

}  // namespace lf::metrics
