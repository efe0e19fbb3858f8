// How the core library makes its only Workload; the counterpart of load_experiment().
#pragma once

#include <memory>

#include "api/experiment.h"

namespace lf::worker {

/// The experiment itself, with its tensors. Quick: data and model are read in the first slices of
/// advance(). Throws InputError or RunError.
std::unique_ptr<Workload> make_experiment(const ExperimentOptions& options);

}  // namespace lf::worker
