// Protects the program's files if it was started with closed standard streams.
#pragma once

namespace lf {

/// Opens /dev/null on those of the descriptors 0, 1 and 2 that are closed. Otherwise the next file
/// or socket of the program would get that number, and text for standard error would go into it.
/// Call first.
void open_standard_streams();

}  // namespace lf
