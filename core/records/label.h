// The text of a run's label.json: what the user wrote about the run.
#pragma once

#include <string>

#include "protocol/snapshot.h"

namespace lf::records {

/// The label in the text of such a file. Throws InputError, which begins with `file`.
RunLabel parse_label(const std::string& text, const std::string& file);

/// The text that stores `label`; keys of `before`, a text that parse_label() accepts or "", which another
/// version of the program wrote, stay.
std::string label_text(const RunLabel& label, const std::string& before);

}  // namespace lf::records
