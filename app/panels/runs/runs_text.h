// What the Runs page says and decides, without drawing.
#pragma once

#include <string>

#include "panels/view_state.h"
#include "protocol/commands.h"
#include "protocol/snapshot.h"

namespace lf {

/// Why a run cannot be resumed (deleted) now; "" when it can.
std::string resume_run_reason(const RunSummary& run);
std::string delete_run_reason(const RunSummary& run);

/// "fast · done · 2026-03-01 14:02"
std::string run_subtitle(const RunSummary& run);
/// "1,404 / 1,404"
std::string run_steps(const RunSummary& run);

/// True when this run is one of the two being compared.
bool is_compared(const ViewState& view, const std::string& folder);
/// Takes the run into the comparison (in place of the second when there are two) or out of it.
CompareRunsCommand toggle_compared(ViewState& view, const std::string& folder);

/// The run that the window offers to go on with: the newest one that was cut off; else, before this session
/// has a run of its own, the newest run where it was left in its middle. Null when there is none, or it was
/// offered already.
const RunSummary* run_to_offer(const Snapshot& snapshot, const ViewState& view);
constexpr const char* kLeftRun = "offer.left";  ///< switch: folder of a run that nobody wanted to go on with

/// What stands in that offer.
std::string offer_sentence(const RunSummary& run);

/// Which curve of two runs is shown: the series, and a unit for its axis.
struct ComparedCurve {
  const char* id;  ///< "flow", "held_out", "autoencoder", "fd"
  const char* label;
  const char* tooltip;
  Series RunCurves::*series;
};
const ComparedCurve* compared_curves(size_t& count);

/// None of these runs recorded the chosen curve: says so, and what to do.
std::string no_curve_sentence(const std::vector<RunCurves>& runs, const ComparedCurve& curve);

/// Which of the two ends lower.
std::string compare_sentence(const RunCurves& first, const RunCurves& second, Series RunCurves::*series);

}  // namespace lf
