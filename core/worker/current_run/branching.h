// A branch of a run: first the job that makes its folder, then training.
#pragma once

#include <string>

#include "worker/current_run/control.h"
#include "worker/job_runner.h"

namespace lf::worker {

class Branching {
 public:
  /// All outlive this object.
  Branching(WorkerContext& context, RunControl& run, JobRunner& jobs)
      : context_(context), run_(run), jobs_(jobs) {}

  /// Starts the job; a run in training pauses for it. Throws InputError; nothing has changed then.
  void begin(const BranchCommand& command);
  /// The job has ended: training continues in `folder`.
  void train(const std::string& folder);

 private:
  WorkerContext& context_;
  RunControl& run_;
  JobRunner& jobs_;
  ResumeRunCommand continued_;  ///< how training continues
};

}  // namespace lf::worker
