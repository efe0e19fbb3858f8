// Where a run comes from: begun, begun on what a flow drew, or read from its folder.
#pragma once

#include <string>

#include "worker/context.h"

namespace lf {

/// A run of the digits in use before its first step. Throws InputError for settings that do not fit together.
Workspace untrained_run(const WorkerContext& context, const Settings& settings, const Budget& budget,
                        Accelerator* accelerator);

/// The same as `command` wants it, with its folder made and locked. Throws InputError; nothing has changed
/// then.
Workspace new_run(WorkerContext& context, const TrainCommand& command);

/// A run that trains the flow in use further, on pairs of its own. Throws InputError.
Workspace new_reflow(WorkerContext& context, const ReflowCommand& command);

/// A run as its folder has it, ready to go on. Throws InputError.
Workspace stored_run(WorkerContext& context, const std::string& folder);

}  // namespace lf
