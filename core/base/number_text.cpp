#include "base/number_text.h"

#include <charconv>
#include <cmath>

namespace lf {
namespace {

/// from_chars over the whole text; it takes no spaces, no leading '+', no hexadecimal prefix.
template <class T>
std::optional<T> parse_whole(const std::string& text) {
  T value{};
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}

}  // namespace

std::string number_text(double value) {
  char buffer[400];  // 1e308 without an exponent has 309 digits
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
  return std::string(buffer, result.ptr);
}

std::optional<double> parse_number(const std::string& text) {
  const bool plus = text.size() > 1 && text[0] == '+' && text[1] != '-';
  const auto value = parse_whole<double>(plus ? text.substr(1) : text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<int64_t> parse_integer(const std::string& text) {
  if (const auto whole = parse_whole<int64_t>(text)) return whole;
  const auto value = parse_number(text);
  constexpr double kExact = 9007199254740992.0;  // 2^53: larger doubles skip whole numbers
  if (!value || *value != std::floor(*value) || std::abs(*value) > kExact) return std::nullopt;
  return static_cast<int64_t>(*value);
}

std::optional<uint64_t> parse_seed(const std::string& text) { return parse_whole<uint64_t>(text); }

}  // namespace lf
