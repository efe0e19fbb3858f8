// Mean and standard deviation of a tensor of any size, without a copy of it.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace lf::jobs {

/// Statistics of one tensor, if its type is supported.
struct TensorNumbers {
  bool known = false;  ///< false for unsupported types (complex, 4 and 6 bits)
  double mean = 0;
  double deviation = 0;  ///< of the sample, as Python's std()
  int64_t not_finite = 0;
};
TensorNumbers numbers_of(const at::Tensor& value);

}  // namespace lf::jobs
