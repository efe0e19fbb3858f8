// What the parts of the worker share.
#pragma once

#include <optional>
#include <string>

#include "api/experiment.h"
#include "config/settings.h"
#include "library/open_accelerator.h"
#include "worker/library.h"
#include "worker/publisher.h"
#include "worker/workspace.h"

namespace lf {

struct WorkerContext {
  explicit WorkerContext(ExperimentOptions started)
      : options(std::move(started)), settings(options.preset), publisher(options), library(options) {}
  WorkerContext(const WorkerContext&) = delete;
  WorkerContext& operator=(const WorkerContext&) = delete;

  const ExperimentOptions options;
  Settings settings;  ///< of the next run, and of what is looked at
  Publisher publisher;
  Library library;
  Workspace work;                               ///< the model in use and the run behind it
  std::optional<FoundAccelerator> accelerator;  ///< none before a run first wanted one

  /// Throws InputError, naming `what`, where there is no model.
  void require_model(const std::string& what) const;
  /// The accelerator that settings ask for; null where that is the processor. Throws InputError where one is
  /// demanded and there is none.
  Accelerator* accelerator_for(const Settings& wanted);
  /// Sets how many threads compute, and warns where fewer are granted than `wanted` says.
  void set_threads(const Settings& wanted);
};

}  // namespace lf
