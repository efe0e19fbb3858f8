// Checks of a JSON text before it is parsed into memory.
#pragma once
#include <functional>
#include <string>

namespace lf::files {

/// Reads a text once without storing it. Calls `refuse` (which throws) with the reason if lists or
/// objects are nested deeper than `deepest`, since each byte of them would take a hundred in
/// memory. The same if a name occurs twice in one object of the first `levels` levels, of which a
/// parser would silently keep the last. A text that is not JSON passes: the parser reports it.
void check_json(const std::string& text, int deepest, int levels,
                const std::function<void(const std::string& why)>& refuse);

}  // namespace lf::files
