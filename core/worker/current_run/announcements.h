// What is said of a run before its stages.
#pragma once

#include <string>

#include "worker/current_run/workspace.h"

namespace lf::worker {

/// After the machine is measured: the steps of the run and its expected duration.
std::string plan_text(const Workspace& work);

/// Before the flow's first step: its initial loss; "" where that is not known.
std::string flow_text(const Workspace& work);

}  // namespace lf::worker
