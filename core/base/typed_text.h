// Text that a person wrote, in whatever program: byte-order marks, other encodings, other ends of lines,
// typographic spaces and quotes.
#pragma once

#include <string>

namespace lf {

/// The text of a file that a person wrote: UTF-8 without a byte-order mark, its lines ended by '\n' alone.
/// Throws InputError, calling it `name`, where it is UTF-16 or UTF-32 or holds NUL bytes.
std::string typed_text(const std::string& bytes, const std::string& name);

/// A line of it with plain spaces: outside double quotes no-break and other wide spaces become ' ', and what
/// has no width goes.
std::string plain_spaces(const std::string& line);

/// Throws InputError where, outside double quotes, a typographic quote opens a word.
void refuse_typographic_quotes(const std::string& line);

/// Whether `text` holds a letter of these kinds: it has to stand in double quotes.
bool needs_quotes(const std::string& text);

/// `text` for an error line: what is longer than 80 bytes is cut.
std::string shown(const std::string& text);

}  // namespace lf
