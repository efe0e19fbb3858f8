// What a run's last bits depend on beside its own numbers, as it is here and now.
#pragma once

#include "experiment/course.h"
#include "training/accelerator.h"

namespace lf {

/// Threads, instruction set and build of this process; `accelerator` is null on the processor.
Environment this_environment(const Accelerator* accelerator);

/// The identity that the linker gave the code in hand, 12 hexadecimal digits; "" where it gave none.
std::string build_identity();

}  // namespace lf
