// Which judge scores: the one that was named, the one kept for these digits, the bundled one.
#pragma once

#include "worker/viewer.h"

namespace lf {

/// Looks for the judge of the digits in use, and says which files were passed over. `at_start`: the digits
/// are those of the start, to which a judge that was named must belong: throws InputError where it does not
/// and nothing else is wanted in its place.
void choose_judge(WorkerContext& context, Viewer& viewer, bool at_start = false);

}  // namespace lf
