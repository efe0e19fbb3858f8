#include "metrics/reconstruction.h"

#include <ATen/ATen.h>

#include <cmath>
#include <limits>

#include "base/image_shape.h"
#include "metrics/image_bytes.h"

namespace lf::metrics {

at::Tensor image_errors(const at::Tensor& originals_u8, const at::Tensor& reconstructions) {
  at::Tensor originals = to_unit(originals_u8).flatten(1);
  at::Tensor given = reconstructions.detach().to(at::kFloat).reshape({-1, kDigitPixels});
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

}  // namespace lf::metrics
