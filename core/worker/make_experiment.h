// How the core library makes its one Workload; the other side of load_experiment().
#pragma once

#include <memory>

#include "api/experiment.h"

namespace lf {

/// The experiment itself, with tensors behind it. Quick: data and model are read in the first slices of
/// advance(). Throws InputError or RunError.
std::unique_ptr<Workload> make_experiment(const ExperimentOptions& options);

}  // namespace lf
