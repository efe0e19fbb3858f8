#pragma once

namespace lf {

/// Puts the calling thread behind the program's other threads where they want the same cores: it then draws
/// in the gaps of what computes, and takes a core away from it only when it has waited too long. Linux; on
/// other systems a priority is the whole process's, and nothing is done. It cannot be taken back; threads
/// that this one starts later begin with the same.
void let_other_threads_go_first();

}  // namespace lf
