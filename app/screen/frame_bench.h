// The rows of `latentflow bench` that need a window.
#pragma once

#include <string>

#include "protocol/bench.h"
#include "session/session.h"

namespace lf::app {

/// Opens the window and measures one of the rows `first-frame` (from opening to the first image),
/// `frame-idle` (a frame while t plays), `frame-training` (a frame while the fast preset trains)
/// and `frame-own` (the program's own part of a frame). Throws InputError for another name or
/// without a display.
BenchRow bench_frames(const std::string& name, Session::Factory make_workload);

}  // namespace lf::app
