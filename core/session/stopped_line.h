// The line printed after Ctrl+C.
#pragma once

#include <string>

#include "protocol/snapshot.h"

namespace lf {

/// The message after a signal ended the program: how much was trained and saved, and how to
/// continue. One line without its end. `run` is the state after the save.
std::string stopped_line(const RunBlock& run);
/// The same of the last snapshot, where a sweep may have been training.
std::string stopped_line(const Snapshot& last);

}  // namespace lf
