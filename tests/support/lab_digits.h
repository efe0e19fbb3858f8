// A few hundred artificial digits for lab tools that use the data set.
#pragma once

#include "data/batches.h"
#include "data/data_tensors.h"
#include "toy_digits.h"

namespace lf {

inline data::DataTensors lab_digits(size_t train = 300, size_t test = 80) {
  const files::ImageSet a = toy_digits(train, 1), b = toy_digits(test, 2);
  return {data::pixel_tensor(a), data::label_tensor(a), data::pixel_tensor(b), data::label_tensor(b)};
}

}  // namespace lf
