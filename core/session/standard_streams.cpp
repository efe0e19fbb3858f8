#include "session/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

namespace lf {

void open_standard_streams() {
  // open() returns the lowest free number: all lower ones are in use, so none of the three is
  // skipped.
  int opened = 0;
  do {
    opened = open("/dev/null", O_RDWR);
    if (opened < 0)
      opened = open("/", O_RDONLY | O_DIRECTORY);  // a bare chroot: this at least occupies the number
  } while (opened >= 0 && opened <= STDERR_FILENO);
  if (opened > STDERR_FILENO) close(opened);
}

}  // namespace lf
