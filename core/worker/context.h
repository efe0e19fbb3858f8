// Data that the parts of the worker share.
#pragma once

#include <optional>
#include <string>

#include "api/experiment.h"
#include "config/settings.h"
#include "library/open_accelerator.h"
#include "worker/current_data.h"
#include "worker/current_run/workspace.h"
#include "worker/publisher.h"

namespace lf::worker {

struct WorkerContext {
  explicit WorkerContext(ExperimentOptions started)
      : options(std::move(started)), settings(options.preset), publisher(options), current(options) {}
  WorkerContext(const WorkerContext&) = delete;
  WorkerContext& operator=(const WorkerContext&) = delete;

  const ExperimentOptions options;
  Settings settings;  ///< of the next run, and of the previews
  Publisher publisher;
  CurrentData current;
  Workspace work;                                        ///< the current model and its run
  std::optional<library::FoundAccelerator> accelerator;  ///< empty before a run first needed one

  /// Throws InputError, naming `what`, if there is no model.
  void require_model(const std::string& what) const;
  /// The accelerator that the settings select; null for the processor. Throws InputError if one is
  /// required and there is none.
  training::Accelerator* accelerator_for(const Settings& wanted);
  /// Sets the number of threads, and warns if fewer are granted than requested in `wanted`.
  void set_threads(const Settings& wanted);
};

}  // namespace lf::worker
