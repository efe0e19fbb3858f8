// What LibTorch and the standard library throw, said as this program says its errors: one line, no
// back-trace.
#pragma once

#include <exception>
#include <memory>
#include <string>

#include "session/workload.h"

namespace lf {

/// Throws `caught` again: as it is where this program threw it, else as RunError. Memory that could not be
/// had is named as what it is.
[[noreturn]] void throw_plainly(std::exception_ptr caught);

/// What throw_plainly would throw, as its one line.
std::string plain_text(std::exception_ptr caught);

/// `inner`, whose exceptions are made plain.
std::unique_ptr<Workload> with_plain_errors(std::unique_ptr<Workload> inner);

}  // namespace lf
