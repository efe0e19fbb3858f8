// Texts and decisions of the Runs page, without drawing.
#pragma once

#include <string>

#include "panels/view_state.h"
#include "protocol/commands.h"
#include "protocol/snapshot.h"

namespace lf::app::panels {

/// Why a run cannot be resumed (deleted, relieved of marks); "" if it can.
std::string resume_run_reason(const RunSummary& run);
std::string delete_run_reason(const RunSummary& run);
std::string thin_marks_reason(const RunSummary& run);

/// "43.2 MB on the disk, 35.6 MB of it 31 marks of the training"
std::string disk_sentence(const RunSummary& run);

/// "fast · done · 2026-03-01 14:02", after the folder's name if the run has a name of its own.
std::string run_subtitle(const RunSummary& run);
/// "1,404 / 1,404"
std::string run_steps(const RunSummary& run);

/// True when this run is one of the two being compared.
bool is_compared(const ViewState& view, const std::string& folder);
/// Adds the run to the comparison (replacing the second when there are two) or removes it.
CompareRunsCommand toggle_compared(ViewState& view, const std::string& folder);

/// The run that the window offers to continue: the newest interrupted one; else, before this
/// session has a run of its own, the newest run if it was paused. Null if there is none, or it was
/// already offered.
const RunSummary* run_to_offer(const Snapshot& snapshot, const ViewState& view);
constexpr const char* kLeftRun = "offer.left";  ///< switch: folder of a run whose offer was dismissed

/// The text of that offer.
std::string offer_sentence(const RunSummary& run);

/// Which curve of two runs is shown: the series, and a unit for its axis.
struct ComparedCurve {
  const char* id;  ///< "flow", "held_out", "autoencoder", "fd"
  const char* label;
  const char* tooltip;
  Series RunCurves::*series;
};
const ComparedCurve* compared_curves(size_t& count);

/// The text if none of these runs recorded the selected curve, with advice.
std::string no_curve_sentence(const std::vector<RunCurves>& runs, const ComparedCurve& curve);

/// Which of the two has the lower final value.
std::string compare_sentence(const RunCurves& first, const RunCurves& second, Series RunCurves::*series);

}  // namespace lf::app::panels
