#include "panels/runs/runs_text.h"

#include "protocol/run_filter.h"
#include "widgets/text/text.h"

namespace lf::app::panels {

std::string resume_run_reason(const RunSummary& run, bool only_opened) {
  if (run.current && !only_opened) return "This is the current run; use the large button above.";
  if (run.open_elsewhere) return "Another Latent Flow Explorer is using it.";
  if (run.resumable) return "";
  if (run.state == "done") return "It has used its budget, and its checkpoint is missing.";
  return "Its checkpoint is missing, so it cannot be resumed; you can still open it.";
}

std::string delete_run_reason(const RunSummary& run) {
  if (run.open_elsewhere) return "Another Latent Flow Explorer is using it.";
  return run.current ? "This is the current run; open another model or press Reset first." : "";
}

std::string thin_marks_reason(const RunSummary& run) {
  if (run.open_elsewhere) return "Another Latent Flow Explorer is using it.";
  return run.marks > 2 ? "" : "It has too few marks.";
}

std::string disk_sentence(const RunSummary& run) {
  const std::string all = bytes_text(run.bytes) + " on the disk";
  if (run.marks == 0) return all + ", without marks of the training";
  return all + ", " + bytes_text(run.marks_bytes) + " of it " + widgets::counted(run.marks, "mark") +
         " of the training";
}

/// 2026-11-29T01:21:05+0000 -> 2026-11-29 01:21, which is easier to read.
static std::string to_the_minute(std::string started) {
  if (started.size() < 16 || started[10] != 'T') return started;
  started[10] = ' ';
  return started.substr(0, 16);
}

std::string run_subtitle(const RunSummary& run) {
  std::string text = run.label.name.empty() ? "" : run.name;
  for (const std::string& part : {run.preset, run.state, to_the_minute(run.started)}) {
    if (!part.empty()) text += (text.empty() ? "" : " · ") + part;
  }
  if (!run.parent.empty())
    text += " · branch of " + run.parent + " at step " + widgets::grouped(run.branch_step);
  if (run.state == "crashed") text += " — ended by a crash; Resume continues from its last save";
  return text;
}

std::string run_steps(const RunSummary& run) {
  return run.flow_total > 0 ? widgets::grouped(run.flow_steps) + " / " + widgets::grouped(run.flow_total)
                            : widgets::grouped(run.flow_steps);
}

const RunSummary* run_to_offer(const Snapshot& snapshot, const ViewState& view) {
  if (view.on("now.offer.seen", false) || snapshot.run->running) return nullptr;
  const std::vector<RunSummary>& runs = snapshot.runs->runs;
  for (const RunSummary& run : runs)
    if (run.state == "crashed" && run.resumable) return &run;
  if (runs.empty() || !snapshot.run->from_shipped) return nullptr;
  const RunSummary& last = runs.front();
  const bool waits = last.state == "paused" && last.resumable && !last.open_elsewhere;
  return waits && view.text(kLeftRun, "") != last.folder ? &last : nullptr;
}

std::string offer_sentence(const RunSummary& run) {
  const std::string step =
      "flow step " + widgets::grouped(run.flow_steps) + " of " + widgets::grouped(run.flow_total);
  const std::string before = "before the flow's first step";
  if (run.state == "crashed")
    return "The run " + run.name + " was interrupted. It can continue from its last autosave, " +
           (run.flow_steps > 0 ? step : before) + ".";
  return "The last run, " + run.name + ", stopped " + (run.flow_steps > 0 ? "at " + step : before) +
         ". It can continue from there.";
}

}  // namespace lf::app::panels
