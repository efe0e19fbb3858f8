// The classifier's prediction for one image.
#pragma once

#include <ATen/core/Tensor.h>

#include "metrics/judge.h"

namespace lf::metrics {

struct DigitReading {
  int digit = 0;         ///< 0 … 9
  double certainty = 0;  ///< its probability
};

/// pixels: uint8 (1, 784).
DigitReading read_digit(const Judge& judge, const at::Tensor& pixels);

}  // namespace lf::metrics
