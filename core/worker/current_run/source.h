// The origin of a run: new, a reflow of a flow, or read from its folder.
#pragma once

#include <string>

#include "worker/context.h"

namespace lf::worker {

/// A run on the current digits before its first step. Throws InputError for settings that do not
/// fit together.
Workspace untrained_run(const WorkerContext& context, const Settings& settings, const Budget& budget,
                        training::Accelerator* accelerator);

/// The same for `command`, with its folder created and locked. Throws InputError; nothing has
/// changed then.
Workspace new_run(WorkerContext& context, const TrainCommand& command);

/// A run that continues training the current flow, on pairs that it generates. Throws InputError.
Workspace new_reflow(WorkerContext& context, const ReflowCommand& command);

/// A run as stored in its folder, ready to continue. Throws InputError.
Workspace stored_run(WorkerContext& context, const std::string& folder);

}  // namespace lf::worker
