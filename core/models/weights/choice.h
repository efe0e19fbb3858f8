// Which of a file's networks is used, and notes on how it was read.
#pragma once

#include <string>
#include <vector>

#include "models/weights/search.h"

namespace lf::models {

/// The network of that kind in a file, averaged weights unless `raw`. Throws InputError where there
/// is none, or more than one that fits.
const FoundNetwork& chosen_network(const std::vector<FoundNetwork>& found, const StoredNames& file,
                                   WeightsKind kind, bool raw);

/// Notes for the user on how `chosen` was read: translated names, prefix, averages or not, number
/// type, and ignored tensors. One line each.
std::vector<std::string> reading_notes(const FoundNetwork& chosen, const std::vector<FoundNetwork>& found,
                                       const StoredNames& file);

/// The names of the file that `chosen` does not use.
std::vector<std::string> unused_names(const FoundNetwork& chosen, const StoredNames& file);

/// "12 tensors under model., loss.logvar": names grouped by their first parts.
std::string grouped_names(const std::vector<std::string>& names);

}  // namespace lf::models
