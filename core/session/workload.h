#pragma once
#include "protocol/commands.h"
#include "protocol/snapshot.h"
#include "session/basic_workload.h"

namespace lf {

/// The explorer's workload: an experiment that obeys commands and describes itself in snapshots.
using Workload = BasicWorkload<Command, Snapshot>;

}  // namespace lf
