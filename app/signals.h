#pragma once

namespace lf {

/// SIGINT and SIGTERM are counted instead of ending the program, so that the run is saved first.
void install_close_signals();
/// The number of signals since the last call.
int take_close_signals();

}  // namespace lf
