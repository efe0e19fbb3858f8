// What every card of a comparison says about its models.
#pragma once

#include <string>
#include <vector>

#include "panels/panel.h"

namespace lf::app::panels {

inline constexpr size_t kMostCompared = 4;

/// The colour of the model at `index`, the same in every card.
Color compared_colour(const Theme& theme, size_t index);

/// The runs that the window compares: as last chosen here, else as the snapshot says.
std::vector<std::string> compared_folders(const ViewState& view, const Snapshot& snapshot);
/// True when this run is among them.
bool is_compared(const ViewState& view, const Snapshot& snapshot, const std::string& folder);
/// Compares these, the first four.
CompareRunsCommand compare_folders(ViewState& view, std::vector<std::string> folders);
/// Adds the run to the comparison (in place of the last when there are four) or removes it.
CompareRunsCommand toggle_compared(ViewState& view, const Snapshot& snapshot, const std::string& folder);

/// What a file or folder dropped on the window means: on the page Compare one more model, elsewhere something
/// to open.
Command dropped_command(ViewState& view, const Snapshot& snapshot, const std::string& path);

/// "FD 3.92 ± 0.11 %", or the stored score, or "".
std::string compared_score(const ComparedModel& model);

/// A dot in the colour of the model and its name, in one line.
void draw_compared_name(const PanelContext& c, Rect line, size_t index, const std::string& remark);

/// The index of the model that is compared with the first where a card shows two: chosen by a chip.
size_t other_model(const PanelContext& c);

}  // namespace lf::app::panels
