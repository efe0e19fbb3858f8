// Which run is opened where none is named, and what is said of entries among the runs that are left out.
#include "experiment/experiment_workload.h"
#include "experiment/plain_errors.h"
#include "experiment/run_folder.h"
#include "files/paths.h"

namespace lf {

/// Opens the run that was made last; where its model cannot be read, the one before it. False: there is none.
bool Experiment::open_newest_run() {
  std::vector<std::string> skipped;
  const std::vector<RunSummary> runs = list_runs(options_.runs, "", &skipped);
  name_skipped(skipped);
  for (const RunSummary& run : runs) {
    const std::string model = run.folder + "/" + kModelName;
    if (!is_file(model)) continue;  // only a checkpoint: the run was stopped before it had a model
    try {
      open_model_file(model);
      return true;
    } catch (...) {
      name_damaged(std::current_exception());
    }
  }
  return false;
}

/// Each line once: the list is read again whenever something changes.
void Experiment::name_skipped(const std::vector<std::string>& lines) {
  for (const std::string& line : lines)
    if (skipped_.insert(line).second) log(LogLevel::Warning, "left out of the runs: " + line);
}

void Experiment::name_damaged(std::exception_ptr failure) {
  try {
    throw_plainly(failure);
  } catch (const std::exception& known) {
    name_skipped({std::string(known.what()) + "; the run before it is used, --model names another"});
  }
}

}  // namespace lf
