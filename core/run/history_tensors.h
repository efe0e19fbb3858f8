// The training curves as tensors, for a checkpoint.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <string>

#include "records/history.h"

namespace lf {

/// All points, each series by name.
std::map<std::string, at::Tensor> history_tensors(const History& history);

/// The inverse; an absent or impossible curve leaves the series unchanged.
void load_history(History& history, const std::map<std::string, at::Tensor>& tensors);

}  // namespace lf
