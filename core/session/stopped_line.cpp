#include "session/stopped_line.h"

#include "base/time_text.h"
#include "protocol/commands.h"
#include "protocol/sweep.h"
#include "session/end_signals.h"

namespace lf {

std::string stopped_line(const RunBlock& run) {
  const std::string stopped = "stopped" + ended_by();
  const bool unfinished = run.running || run.resumable;
  if (!unfinished || run.run_folder.empty()) return stopped + "; no training was running, so none is lost";
  return stopped + " after " + spoken_duration(run.seconds) +
         " and saved; continue with: latentflow train --resume " + quoted(run.run_folder);
}

std::string stopped_line(const Snapshot& last) {
  if (!last.sweep || !last.sweep->active || last.sweep->folder.empty()) return stopped_line(*last.run);
  return "stopped" + ended_by() + " during a sweep; continue with: latentflow sweep " +
         quoted(last.sweep->folder);
}

}  // namespace lf
