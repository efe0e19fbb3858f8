#include "session/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

namespace lf {

void open_standard_streams() {
  // open() gives the lowest free number: what lies below it is in use, so that none of the three is left out.
  int opened = 0;
  do {
    opened = open("/dev/null", O_RDWR);
    if (opened < 0)
      opened = open("/", O_RDONLY | O_DIRECTORY);  // a bare chroot: this one at least holds the number
  } while (opened >= 0 && opened <= STDERR_FILENO);
  if (opened > STDERR_FILENO) close(opened);
}

}  // namespace lf
