// The choice of the judge: the named one, the one kept for these digits, the bundled one.
#pragma once

#include "worker/viewer.h"

namespace lf::worker {

/// Finds the judge of the current digits, and reports the skipped files. `at_start`: a named judge
/// must belong to the digits of the start; otherwise throws InputError if no substitute is allowed.
void choose_judge(WorkerContext& context, Viewer& viewer, bool at_start = false);

}  // namespace lf::worker
