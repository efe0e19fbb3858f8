// Any figure of what is shown of a run or model, in any format: what the command `figure` writes.
#pragma once

#include "protocol/commands.h"
#include "protocol/snapshot.h"

namespace lf::figures {

/// True if the snapshot holds what this kind of figure needs.
bool figure_known(const std::string& kind, const Snapshot& snapshot);

/// Writes the figure `command.kind` of the snapshot's content. Throws InputError for what is not known yet
/// and for wrong values, RunError when writing fails.
void write_run_figure(const FigureCommand& command, const Snapshot& snapshot);

}  // namespace lf::figures
