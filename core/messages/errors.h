// The two ways anything can fail, as people meet them: one line, no back-trace.
#pragma once

#include <stdexcept>
#include <string>

namespace lf {

/// What the user gave cannot be used (a file, a value, a name). Exit code 2, or a banner.
/// The message is one line: what, where, why, and what to do about it.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Something failed while running (disk full, connection lost). Exit code 1, or a banner.
class RunError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A loss, a gradient or a weight is no number any more.
class DivergedError : public RunError {
 public:
  using RunError::RunError;
};

}  // namespace lf
