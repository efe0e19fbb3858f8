// Which runs the list shows: the user's choice, its controls, and the result.
#pragma once

#include <string>
#include <vector>

#include "panels/panel.h"
#include "protocol/run_filter.h"

namespace lf::app::panels {

/// The choice that the view stores.
RunFilter run_filter_of(const ViewState& view);
/// True if it hides some runs, whatever runs there are.
bool filters_runs(const RunFilter& filter);
/// Shows all runs again; the order stays.
void show_all_runs(ViewState& view);

/// True if branches are listed below their parents: in the usual order.
inline bool shows_tree(const RunFilter& filter) { return filter.sort == "newest"; }

/// Indices of the runs to list, in order; computed again when runs or choice change.
const std::vector<size_t>& shown_runs(const PanelContext& c);

/// "30 runs · 1.2 GB", "4 of 30 runs · 180 MB".
std::string runs_total(const RunsBlock& runs, const std::vector<size_t>& shown);

/// Search, order and filters in c.area, wrapped where it is narrow. Returns the height used.
float draw_runs_filter(const PanelContext& c);

}  // namespace lf::app::panels
