// Counts and numbers from a checkpoint. Like any file it may be damaged, so everything is checked.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace lf::optim {

inline constexpr int64_t kMostStoredStep = int64_t{1} << 50;  ///< of a training; unlimited ones are stored as
                                                              ///< more

/// The `count` whole numbers of a tensor of any shape, each from 0 to `most`. Throws InputError
/// that names `file` and tensor if it is missing or has other content.
std::vector<int64_t> stored_integers(const std::map<std::string, at::Tensor>& tensors,
                                     const std::string& name, int64_t count, int64_t most,
                                     const std::string& file);

/// The same for floating-point numbers, without limits.
std::vector<double> stored_doubles(const std::map<std::string, at::Tensor>& tensors, const std::string& name,
                                   int64_t count, const std::string& file);

}  // namespace lf::optim
