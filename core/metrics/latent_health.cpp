#include "metrics/latent_health.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace lf::metrics {

std::vector<float> latent_deviations(const at::Tensor& means) {
  const at::Tensor found = means.std(0, /*unbiased=*/false).contiguous();
  return {found.const_data_ptr<float>(), found.const_data_ptr<float>() + found.numel()};
}

int64_t active_units(const std::vector<float>& deviations) {
  return std::count_if(deviations.begin(), deviations.end(), [](float s) { return s * s > 0.01f; });
}

}  // namespace lf::metrics
