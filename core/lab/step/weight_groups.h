// The weights of a velocity network in groups that can be named to a reader.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "models/parameter_set.h"

namespace lf {

/// "blocks.2.qkv.weight" → "block 3 attention"; others "input", "time embedding", "class embedding", "shared
/// modulation", "output". Knows the names of both velocity networks.
std::string weight_group(const std::string& parameter);

/// Names of all groups of a net, in the order of its parameters.
std::vector<std::string> weight_groups(const ParameterSet& parameters);

/// Euclidean norm of each group's part of `flat`, a buffer laid out as the parameters' own.
std::vector<double> group_norms(const ParameterSet& parameters, const at::Tensor& flat);

/// Numbers in each group.
std::vector<int64_t> group_sizes(const ParameterSet& parameters);

}  // namespace lf
