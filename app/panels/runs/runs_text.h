// Texts and decisions of the Runs page, without drawing.
#pragma once

#include <string>

#include "panels/view_state.h"
#include "protocol/commands.h"
#include "protocol/snapshot.h"

namespace lf::app::panels {

/// Why a run cannot be resumed (deleted, relieved of marks); "" if it can. only_opened: the current run was
/// read from its folder and not trained in this session, so the large button starts another one.
std::string resume_run_reason(const RunSummary& run, bool only_opened = false);
std::string delete_run_reason(const RunSummary& run);
std::string thin_marks_reason(const RunSummary& run);

/// "43.2 MB on the disk, 35.6 MB of it 31 marks of the training"
std::string disk_sentence(const RunSummary& run);

/// "fast · done · 2026-03-01 14:02", after the folder's name if the run has a name of its own.
std::string run_subtitle(const RunSummary& run);
/// "1,404 / 1,404"
std::string run_steps(const RunSummary& run);

/// The run that the window offers to continue: the newest interrupted one; else, before this
/// session has a run of its own, the newest run if it was paused. Null if there is none, or it was
/// already offered.
const RunSummary* run_to_offer(const Snapshot& snapshot, const ViewState& view);
constexpr const char* kLeftRun = "offer.left";  ///< switch: folder of a run whose offer was dismissed

/// The text of that offer.
std::string offer_sentence(const RunSummary& run);

}  // namespace lf::app::panels
