// The second axis of time in the window: the steps of training that can be looked at again.
#pragma once

#include "panels/panel.h"
#include "widgets/plot/plot.h"

namespace lf::app::panels {

constexpr float kMarksHeight = 34;

/// True if the run on screen has marks to look back at.
bool marks_known(const PanelContext& c);

/// The snapshot with the samples and reconstructions of the step that was asked for, as far as they are
/// known: the window need not wait for the worker to hear of it.
Snapshot looking_back(const Snapshot& snapshot, const ViewState& view);
/// True if the samples of the step that was asked for are in the snapshot.
bool step_known(const Snapshot& snapshot, const ViewState& view);
/// True if they are on screen.
bool step_shown(const Snapshot& snapshot, const ViewState& view);

/// A row above the playback bar: the step that is shown, all marks on a track, and the way back to the
/// present.
void draw_marks(const PanelContext& c);

/// Asks for the mark `marks` further on; past the last one for the present.
void step_mark(const PanelContext& c, int marks);

/// Asks for the mark of this index.
void choose_mark(const PanelContext& c, size_t index);
/// Asks the worker to draw all marks ahead, because they are looked at.
void draw_marks_ahead(const PanelContext& c);

/// Adds the line of the shown step to a plot over the flow's steps.
void add_shown_step(const PanelContext& c, PlotSpec& plot);

/// Asks for the mark nearest to a click into such a plot.
void choose_step_by_click(const PanelContext& c, const PlotState& plot);

}  // namespace lf::app::panels
