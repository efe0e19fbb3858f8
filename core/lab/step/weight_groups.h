// The weights of a velocity network in named groups.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "models/parameter_set.h"

namespace lf::lab {

/// "blocks.2.qkv.weight" → "block 3 attention"; others "input", "time embedding", "class embedding", "shared
/// modulation", "output". Knows the names of both velocity networks.
std::string weight_group(const std::string& parameter);

/// Names of all groups of a network, in the order of its parameters.
std::vector<std::string> weight_groups(const models::ParameterSet& parameters);

/// Euclidean norm of each group's part of `flat`, a buffer with the layout of the parameters.
std::vector<double> group_norms(const models::ParameterSet& parameters, const at::Tensor& flat);

/// Numbers in each group.
std::vector<int64_t> group_sizes(const models::ParameterSet& parameters);

}  // namespace lf::lab
