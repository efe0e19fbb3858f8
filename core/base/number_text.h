// Conversion between numbers and text, strict and independent of the locale; numbers for display.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace lf {

/// The shortest decimal text that reads back as the same number, without an exponent: 0.0015, 1000000.
std::string number_text(double value);

/// For display: about `digits` significant digits, without an exponent if readable: 1.19, 0.0015, 23.4k.
std::string short_number(double value, int digits = 3);
/// For display: with exactly `decimals` places and a typographic minus.
std::string fixed(double value, int decimals);

/// A finite decimal number that fills the whole text, or nothing (for "", " 1", "0x10", "nan" and
/// "1s").
std::optional<double> parse_number(const std::string& text);

/// A whole number that fills the whole text and fits, or nothing. "1e4" and "100.0" count as whole.
std::optional<int64_t> parse_integer(const std::string& text);

/// The same for seeds: 0 … 2^64 − 1, digits only.
std::optional<uint64_t> parse_seed(const std::string& text);

}  // namespace lf
