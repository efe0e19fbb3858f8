// The learning curves as tensors, for a checkpoint.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <string>

#include "records/history.h"

namespace lf {

/// All points, each series under its name.
std::map<std::string, at::Tensor> history_tensors(const History& history);

/// The same way back; what is absent or cannot be a curve leaves the series as it is.
void load_history(History& history, const std::map<std::string, at::Tensor>& tensors);

}  // namespace lf
