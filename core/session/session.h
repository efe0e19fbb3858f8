// basic_session.h with this program's commands and snapshots.
#pragma once
#include "session/basic_session.h"
#include "session/workload.h"

namespace lf {

/// The explorer's session: the one worker thread, seen from the window and the command line.
using Session = BasicSession<Command, Snapshot>;

}  // namespace lf
