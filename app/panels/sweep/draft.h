// The sweep that is being edited: texts typed into the page, and the plan that they describe.
#pragma once

#include <string>
#include <vector>

#include "config/sweep.h"
#include "panels/panel.h"

namespace lf::app::panels {

inline constexpr size_t kDraftAxes = 4;

/// Names of the page's texts in the view.
std::string axis_key(size_t axis, const char* what);
inline constexpr const char* kDraftSeeds = "sweep.seeds";
inline constexpr const char* kDraftBudget = "sweep.budget";
inline constexpr const char* kDraftUnit = "sweep.unit";
inline constexpr const char* kDraftMedian = "sweep.median";
inline constexpr const char* kDraftFolder = "sweep.folder";

/// Number of axes that are edited.
size_t draft_axis_count(const ViewState& view);
/// The same without one of them.
void remove_draft_axis(ViewState& view, size_t axis);

/// Settings that can be axes, in the order of the settings.
const std::vector<std::string>& axis_settings();

/// A unit of the budget: "steps", "seconds", "epochs", or "preset" for the preset's own.
const std::vector<std::string>& budget_units();

struct Draft {
  SweepPlan plan;
  std::string problem;  ///< why it cannot be trained; "" if it can
};

/// The plan of the texts. Settings that differ from the preset are those of all runs.
Draft draft_of(const ViewState& view, const Settings& settings);

/// The text of a sweep file with this plan, on one line.
std::string plan_text(const SweepPlan& plan);

}  // namespace lf::app::panels
