// A few hundred artificial digits for lab tools that use the data set.
#pragma once

#include "data/batches.h"
#include "data/data_tensors.h"
#include "toy_digits.h"

namespace lf {

inline DataTensors lab_digits(size_t train = 300, size_t test = 80) {
  const ImageSet a = toy_digits(train, 1), b = toy_digits(test, 2);
  return {pixel_tensor(a), label_tensor(a), pixel_tensor(b), label_tensor(b)};
}

}  // namespace lf
