// Keeps a window that the processor draws from slowing down training.
#pragma once

namespace lf::app {

/// Lowers the calling thread's priority below that of the program's other threads. It then draws in
/// the gaps of the computation, and takes a core only after it has waited too long. Linux only; on
/// other systems a priority belongs to the whole process, and nothing is done. It cannot be undone;
/// threads started later by this one inherit it.
void let_other_threads_go_first();

}  // namespace lf::app
