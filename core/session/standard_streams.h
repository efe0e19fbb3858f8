#pragma once

namespace lf {

/// Opens /dev/null on those of the descriptors 0, 1 and 2 that are closed. Otherwise the next file or socket
/// that the program opens would get the number, and text for standard error would go into it. Call first of
/// all.
void open_standard_streams();

}  // namespace lf
