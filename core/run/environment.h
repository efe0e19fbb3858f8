// What a run's last bits depend on beside its own numbers, as it is here and now.
#pragma once

#include "config/settings.h"
#include "records/course.h"
#include "training/accelerator.h"

namespace lf {

/// Threads, instruction set and build of this process, and what `settings` make of its arithmetic;
/// `accelerator` is null on the processor.
Environment this_environment(const Accelerator* accelerator, const Settings& settings);

/// `settings` with the arithmetic of `then`, where this processor has it: to repeat what was computed there.
Settings with_arithmetic_of(const Environment& then, Settings settings);

/// The identity that the linker gave the code in hand, 12 hexadecimal digits; "" where it gave none.
std::string build_identity();

}  // namespace lf
