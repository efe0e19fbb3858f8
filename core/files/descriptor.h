// What the owners of an open file descriptor share: writing to the end, and locks.
#pragma once
#include <cstddef>

namespace lf {

/// What came of writing or reading: how many bytes, and the errno that stopped it (0: nothing did).
struct Written {
  size_t bytes = 0;
  int error = 0;
};

/// Appends n bytes to an open file, however many calls of the system it takes.
Written write_all(int fd, const void* data, size_t n);

/// Reads up to n bytes, however many calls of the system it takes; fewer where the file ends or an error
/// comes.
Written read_all(int fd, void* data, size_t n);

/// Locks an open file against other programs, until its last descriptor is closed, however that comes about.
/// False where another program holds it. A file system without locks protects nobody, which is no reason to
/// refuse to work: true.
bool lock_against_others(int fd);

/// Does another descriptor hold such a lock? What cannot be asked is free.
bool locked_by_another(int fd);

}  // namespace lf
