// The training curves as tensors, for a checkpoint.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <string>

#include "records/history.h"

namespace lf::run {

/// All points, each series by name.
std::map<std::string, at::Tensor> history_tensors(const records::History& history);

/// The inverse; an absent or impossible curve leaves the series unchanged.
void load_history(records::History& history, const std::map<std::string, at::Tensor>& tensors);

}  // namespace lf::run
