// A data set as tensors for the networks.
#pragma once

#include <ATen/core/Tensor.h>

namespace lf::data {

/// Pixels and labels of both splits, as tensors.
struct DataTensors {
  at::Tensor train_pixels, train_labels, test_pixels, test_labels;  ///< uint8 (N, 784), int64 (N)
};

}  // namespace lf::data
