// Exceptions of LibTorch and the standard library in the form of this program's errors: one line,
// no back-trace.
#pragma once

#include <exception>
#include <memory>
#include <string>

#include "session/workload.h"

namespace lf::library {

/// Throws `caught` again: unchanged if this program threw it, else as RunError. Lack of memory is
/// reported as such.
[[noreturn]] void throw_plainly(std::exception_ptr caught);

/// The message that throw_plainly would throw.
std::string plain_text(std::exception_ptr caught);

/// `inner` with simplified exceptions.
std::unique_ptr<Workload> with_plain_errors(std::unique_ptr<Workload> inner);

}  // namespace lf::library
