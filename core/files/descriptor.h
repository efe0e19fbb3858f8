// Shared operations on open file descriptors: complete writes and reads, and locks.
#pragma once
#include <cstddef>

namespace lf::files {

/// Result of a write or read: the number of bytes, and the errno that stopped it (0: none).
struct Written {
  size_t bytes = 0;
  int error = 0;
};

/// Appends n bytes to an open file, in as many system calls as needed.
Written write_all(int fd, const void* data, size_t n);

/// Reads up to n bytes, in as many system calls as needed; fewer at the end of the file or after an
/// error.
Written read_all(int fd, void* data, size_t n);

/// Locks an open file against other programs, until its last descriptor is closed in any way. False
/// if another program holds it. True on a file system without locks: no lock is possible there,
/// which is no reason to refuse to work.
bool lock_against_others(int fd);

/// True if another descriptor holds such a lock. False if this cannot be found out.
bool locked_by_another(int fd);

}  // namespace lf::files
