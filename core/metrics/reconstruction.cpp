#include "metrics/reconstruction.h"

#include <ATen/ATen.h>

#include <cmath>
#include <limits>

#include "metrics/image_bytes.h"

namespace lf {

at::Tensor image_errors(const at::Tensor& originals_u8, const at::Tensor& reconstructions) {
  at::Tensor originals = to_unit(originals_u8).flatten(1);
  at::Tensor given = reconstructions.detach().to(at::kFloat).reshape({-1, 784});
  return (given - originals).square().mean(1, false, at::kDouble);
}

double psnr_of(double mean_squared_error) { return -10 * std::log10(mean_squared_error); }

void ReconstructionStatistics::add(const at::Tensor& originals_u8, const at::Tensor& reconstructions) {
  errors_.push_back(image_errors(originals_u8, reconstructions));
}

double ReconstructionStatistics::psnr() const {
  if (errors_.empty()) return std::numeric_limits<double>::quiet_NaN();
  return psnr_of(errors().mean().item<double>());
}

at::Tensor ReconstructionStatistics::errors() const {
  return errors_.empty() ? at::empty({0}, at::kDouble) : at::cat(errors_);
}

double pca_psnr(const at::Tensor& train_u8, const at::Tensor& test_u8, int64_t components) {
  at::Tensor train = to_unit(train_u8).flatten(1);
  at::Tensor mean = train.mean(0, true);
  train -= mean;
  at::Tensor covariance = train.t().matmul(train).to(at::kDouble) / train.size(0);
  auto [values, vectors] = at::linalg_eigh(covariance);  // ascending: the last ones matter most
  at::Tensor basis = vectors.narrow(1, 784 - components, components).to(at::kFloat);
  at::Tensor codes = (to_unit(test_u8).flatten(1) - mean).matmul(basis);
  at::Tensor restored = (codes.matmul(basis.t()) + mean).clamp(0, 1);
  return psnr_of(image_errors(test_u8, restored).mean().item<double>());
}

}  // namespace lf
