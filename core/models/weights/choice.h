// Which of a file's networks is taken, and what a person should know of how it was read.
#pragma once

#include <string>
#include <vector>

#include "models/weights/search.h"

namespace lf {

/// The network that a caller wants of those in a file: that kind, averaged weights unless `raw`. Throws
/// InputError where there is none, or more than one that fits.
const FoundNetwork& chosen_network(const std::vector<FoundNetwork>& found, const StoredNames& file,
                                   WeightsKind kind, bool raw);

/// What a person should know of how `chosen` was read: names translated, prefix, averages or not, number
/// type, and what of the file was left out. One line each.
std::vector<std::string> reading_notes(const FoundNetwork& chosen, const std::vector<FoundNetwork>& found,
                                       const StoredNames& file);

/// The names of the file that `chosen` does not use.
std::vector<std::string> unused_names(const FoundNetwork& chosen, const StoredNames& file);

/// "12 tensors under model., loss.logvar": names in groups of their first parts.
std::string grouped_names(const std::vector<std::string>& names);

}  // namespace lf
