// Images of samples that a run draws after some epochs; training waits for them.
#pragma once

#include <memory>
#include <string>

#include "jobs/job.h"
#include "worker/context.h"

namespace lf::worker {

class RunImages {
 public:
  explicit RunImages(WorkerContext& context) : context_(context) {}

  bool busy() const { return job_ != nullptr; }
  const jobs::SlicedJob& job() const { return *job_; }
  void drop() { job_.reset(); }

  /// Begins the image of an epoch, if the last step of `stage` ended one for which an image is wanted.
  void begin_due(run::RunStage stage);
  /// Begins an image, written into the run's folder of figures as `name`.
  void begin(const std::string& name);
  /// One slice.
  void advance();

 private:
  WorkerContext& context_;
  std::unique_ptr<jobs::SlicedJob> job_;
};

}  // namespace lf::worker
