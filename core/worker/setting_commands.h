// The commands `set` and `preset`.
#pragma once

#include <string>

#include "worker/viewer.h"

namespace lf {

/// Sets one key; what is live changes at once. Throws InputError.
void set_setting(WorkerContext& context, Viewer& viewer, const SetCommand& command);

/// The preset of the next run. How a run under way is looked at stays. Throws InputError.
void choose_preset(WorkerContext& context, Viewer& viewer, const std::string& name);

/// A new run is looked at as its preset has it, where nobody chose otherwise.
void take_preset_looks(WorkerContext& context, Viewer& viewer);

}  // namespace lf
