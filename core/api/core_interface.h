// The C door of the shared core library: what the program looks up by name after opening it.
#pragma once

#include <cstddef>

#include "api/experiment.h"

namespace lf {

/// Written by latentflow_make_experiment when it returns null: kCoreInputError or kCoreRunError, then the
/// line for people.
inline constexpr char kCoreInputError = 'i', kCoreRunError = 'r';

inline constexpr const char* kMakeExperimentSymbol = "latentflow_make_experiment";
inline constexpr const char* kTorchVersionSymbol = "latentflow_torch_version";
inline constexpr const char* kAcceleratorSymbol = "latentflow_accelerator";
using MakeExperimentFunction = Workload*(const ExperimentOptions*, char* error, size_t error_size);
using TorchVersionFunction = const char*();
/// True where there is one; writes its name, or why there is none.
using AcceleratorFunction = bool(char* text, size_t text_size);

}  // namespace lf
