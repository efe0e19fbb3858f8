// What a user writes about a run: its limits, and how a command changes it.
#pragma once

#include <string>
#include <vector>

#include "protocol/commands.h"
#include "protocol/snapshot.h"

namespace lf {

/// Limits of a label, in bytes of UTF-8, and the number of its tags.
inline constexpr size_t kMostNameBytes = 200, kMostNoteBytes = 2000, kMostTagBytes = 60, kMostTags = 20;

/// The tags in "a, b,c": without spaces around them, empty and repeated ones left out.
std::vector<std::string> parse_tags(const std::string& text);
/// The inverse: "a, b, c".
std::string tags_text(const std::vector<std::string>& tags);

/// Why a label cannot be stored: a text is too long, is not UTF-8 or has control characters; too many tags.
/// "" if it can.
std::string label_problem(const RunLabel& label);

/// Throws InputError for texts that no label may hold, and for unknown words in `clear`.
void check_label_command(const LabelRunCommand& command);

/// The label after the command, which check_label_command() accepts.
RunLabel changed_label(RunLabel label, const LabelRunCommand& command);

}  // namespace lf
