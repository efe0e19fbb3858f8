// LibTorch's errors in the form of this program's errors: one line, no back-trace.
#pragma once

#include <c10/util/Exception.h>

#include <string>

#include "base/errors.h"

namespace lf::cuda {

/// Runs `act` and returns its result. Throws RunError beginning with `what` if LibTorch or CUDA
/// failed.
template <class Act>
auto guarded(const char* what, const Act& act) {
  try {
    return act();
  } catch (const c10::Error& error) {
    std::string line = error.what_without_backtrace();
    line = line.substr(0, line.find('\n'));
    throw RunError(std::string(what) + " failed on the CUDA device: " + line +
                   "; --device cpu trains without it");
  }
}

}  // namespace lf::cuda
