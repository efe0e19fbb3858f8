// Text that a user wrote in any program: byte-order marks, other encodings, other line ends,
// typographic spaces and quotes.
#pragma once

#include <string>

namespace lf {

/// The text of a file that a user wrote: UTF-8 without a byte-order mark, its lines ended by '\n'
/// alone. Throws InputError, calling it `name`, if it is UTF-16 or UTF-32 or contains NUL bytes.
std::string typed_text(const std::string& bytes, const std::string& name);

/// A line of it with plain spaces: outside double quotes no-break and other wide spaces become ' ',
/// and characters without width are removed.
std::string plain_spaces(const std::string& line);

/// Throws InputError if, outside double quotes, a typographic quote starts a word.
void refuse_typographic_quotes(const std::string& line);

/// True if `text` contains a character of these kinds: it must then be in double quotes.
bool needs_quotes(const std::string& text);

/// `text` for an error line, cut after 80 bytes.
std::string shown(const std::string& text);

}  // namespace lf
