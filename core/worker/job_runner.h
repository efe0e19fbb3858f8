// The current job, which ends with a result.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "jobs/job.h"
#include "worker/context.h"

namespace lf::worker {

class JobRunner {
 public:
  explicit JobRunner(WorkerContext& context) : context_(context) {}

  /// Starts this job and drops the current one.
  void begin(std::unique_ptr<jobs::SlicedJob> job);
  void drop();
  /// Completes a job that outlasts others. Throws RunError when its file cannot be written.
  void complete_writing();
  bool busy() const { return job_ != nullptr; }
  const jobs::SlicedJob& job() const { return *job_; }
  std::chrono::steady_clock::time_point started() const { return started_; }
  /// One slice; returns the result of the job with its last slice. May throw InputError or
  /// RunError.
  std::optional<JobResult> advance();
  /// The current sweep, or the last one of this session; null before the first.
  std::shared_ptr<const SweepBlock> shown_sweep() const;
  bool trains_sweep() const;

  /// One for each command that starts a job. Throw InputError if something that they need is
  /// missing.
  void sample(const SampleCommand& command);
  void time_lapse(const TimeLapseCommand& command);
  void reconstruct(const ReconstructCommand& command);
  void likelihood(const LikelihoodCommand& command);
  void invert(const InvertCommand& command);
  void lab(const LabRunCommand& command);
  void judge(const JudgeCommand& command);
  void bench(const BenchCommand& command);
  void verify(const VerifyCommand& command) { begin(jobs::make_verify_job(command)); }
  void replay(const ReplayCommand& command);
  void branch(const BranchCommand& command);
  void compare(const CompareCommand& command);
  void share(const ShareCommand& command);
  void speedrun(const SpeedrunCommand& command);
  void verify_speedrun(const VerifySpeedrunCommand& command);
  void import_run(const ImportRunCommand& command);
  void sweep(const SweepCommand& command);
  /// Shows a stored sweep. Throws InputError for folders without one.
  void view_sweep(const std::string& folder);
  void weights(const WeightsCommand& command) { begin(jobs::make_weights_job(command)); }
  void export_weights(const ExportWeightsCommand& command);

 private:
  std::string data_words() const;
  jobs::SpeedrunScene speedrun_scene(const char* what) const;
  jobs::DeviceChoice device_choice();

  WorkerContext& context_;
  std::unique_ptr<jobs::SlicedJob> job_;
  std::shared_ptr<const SweepBlock> sweep_;  ///< of the last sweep, while none is trained
  std::chrono::steady_clock::time_point started_;
};

}  // namespace lf::worker
