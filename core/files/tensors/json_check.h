// What a JSON text is checked for before it is parsed into memory.
#pragma once
#include <functional>
#include <string>

namespace lf {

/// Goes through a text once, keeping nothing of it: calls `refuse` (which throws) with the reason where lists
/// or objects lie deeper than `deepest` within each other, as each byte of theirs would take a hundred in
/// memory, and where a name stands twice in one object of the first `levels` levels, of which a parser would
/// keep the last in silence. A text that is no JSON passes: the parser says so.
void check_json(const std::string& text, int deepest, int levels,
                const std::function<void(const std::string& why)>& refuse);

}  // namespace lf
