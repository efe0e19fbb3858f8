// The common wording of errors about files that cannot be read.
#pragma once

#include <string>

#include "base/errors.h"

namespace lf::files {

/// Throws InputError: "cannot use 'NAME': WHY".
[[noreturn]] inline void cannot_use(const std::string& name, const std::string& why) {
  throw InputError("cannot use '" + name + "': " + why);
}

}  // namespace lf::files
