// Which run is opened where none is named, and what is said of entries among the runs that are left out.
#include "base/paths.h"
#include "library/plain_errors.h"
#include "run/folder.h"
#include "worker/experiment_workload.h"

namespace lf {

/// Opens the run that was made last; where its model cannot be read, the one before it. False: there is none.
bool Experiment::open_newest_run() {
  std::vector<std::string> skipped, damaged;
  const std::vector<RunSummary> runs = list_runs(options_.runs, "", &skipped);
  name_skipped(skipped);
  for (const RunSummary& run : runs) {
    const std::string model = run.folder + "/" + kModelName;
    if (!is_file(model)) continue;  // only a checkpoint: the run was stopped before it had a model
    try {
      open_model_file(model);
      name_damaged(damaged, "the run before it, " + work_.name + ", is used");
      if (work_.model->flow_steps == 0)
        log(LogLevel::Warning,
            "the newest run, " + work_.name +
                ", has not trained its flow yet: its digits are noise; --model names another");
      return true;
    } catch (...) {
      damaged.push_back(plain_text(std::current_exception()));
    }
  }
  name_damaged(damaged, "no other run can be read");
  return false;
}

/// Each line once: the list is read again whenever something changes.
void Experiment::name_skipped(const std::vector<std::string>& lines) {
  for (const std::string& line : lines)
    if (skipped_.insert(line).second) log(LogLevel::Warning, "left out of the runs: " + line);
}

void Experiment::name_damaged(const std::vector<std::string>& reasons, const std::string& instead) {
  for (const std::string& reason : reasons)
    name_skipped({reason + "; " + instead + ", --model names another"});
}

}  // namespace lf
