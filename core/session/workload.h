// basic_workload.h with this program's commands and snapshots.
#pragma once
#include "protocol/commands.h"
#include "protocol/snapshot.h"
#include "session/basic_workload.h"

namespace lf {

/// The explorer's workload: an experiment that applies commands and describes itself in snapshots.
using Workload = BasicWorkload<Command, Snapshot>;

}  // namespace lf
