#pragma once

namespace lf {

/// Adds `increment` to the nice value of the calling thread alone (Linux gives every thread its own), so that
/// the window is drawn first when both want the same core. Threads started later by this one inherit it.
/// False when the system refused; the program works on as before.
bool lower_thread_priority(int increment);

}  // namespace lf
