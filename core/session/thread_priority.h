// Gives the window precedence over the worker on a busy machine.
#pragma once

namespace lf {

/// Adds `increment` to the nice value of the calling thread alone (on Linux every thread has its
/// own), so that the window is drawn first when both need the same core. Threads started later by
/// this one inherit it. False when the system refused; the program then continues as before.
bool lower_thread_priority(int increment);

}  // namespace lf
