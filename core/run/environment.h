// What a run's last bits depend on besides its own numbers, in this process.
#pragma once

#include "config/settings.h"
#include "records/provenance.h"
#include "training/accelerator.h"

namespace lf::run {

/// Threads, instruction set and build of this process, and the arithmetic that `settings` select;
/// `accelerator` is null on the processor.
records::Environment this_environment(const training::Accelerator* accelerator, const Settings& settings);

/// `settings` with the arithmetic of `then`, if this processor has it: to repeat an earlier
/// computation.
Settings with_arithmetic_of(const records::Environment& then, Settings settings);

/// The linker's identity of this build, 12 hexadecimal digits; "" if there is none.
std::string build_identity();

}  // namespace lf::run
