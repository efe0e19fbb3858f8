// Applies `set` and `preset`: what changes at once, and what with the next run.
#pragma once

#include <string>

#include "worker/viewer.h"

namespace lf::worker {

/// Sets one key; live settings act at once. Throws InputError.
void set_setting(WorkerContext& context, Viewer& viewer, const SetCommand& command);

/// The preset of the next run. The display settings of a current run stay. Throws InputError.
void choose_preset(WorkerContext& context, Viewer& viewer, const std::string& name);

/// A new run uses its preset's display settings, unless the user chose others.
void take_preset_views(WorkerContext& context, Viewer& viewer);

}  // namespace lf::worker
