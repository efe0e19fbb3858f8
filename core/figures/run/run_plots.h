// The curves and scores of a run as figures of panels, and their numbers.
#pragma once

#include "figures/panels/figure.h"
#include "lab/table.h"
#include "protocol/commands.h"
#include "protocol/snapshot.h"

namespace lf::figures {

/// A figure of one panel, and its numbers with their units.
struct PanelFigure {
  LabPanel panel;
  LabTable table;
};

/// The figure of one of the kinds whose needs are Curves, Score or Latents, except "losses". Throws
/// InputError if nothing is known of it yet.
PanelFigure run_plot(const FigureCommand& command, const Snapshot& snapshot);

}  // namespace lf::figures
