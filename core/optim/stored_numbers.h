// Counts and figures out of a checkpoint, which is a file like any other: nothing in it is taken on trust.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace lf {

inline constexpr int64_t kMostStoredStep = int64_t{1} << 50;  ///< of a training; open ends are stored as more

/// The `count` whole numbers of a tensor, whatever its shape, each from 0 to `most`. Throws InputError that
/// names `file` and tensor where it is missing, or holds something else.
std::vector<int64_t> stored_integers(const std::map<std::string, at::Tensor>& tensors,
                                     const std::string& name, int64_t count, int64_t most,
                                     const std::string& file);

/// The same for floating-point numbers, any of them.
std::vector<double> stored_doubles(const std::map<std::string, at::Tensor>& tensors, const std::string& name,
                                   int64_t count, const std::string& file);

}  // namespace lf
