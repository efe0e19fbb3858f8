#include "base/number_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

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

std::string fixed(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, std::abs(value));
  const bool negative = value < 0 && std::string(text).find_first_not_of("0.") != std::string::npos;
  return (negative ? "−" : "") + std::string(text);
}

std::string short_number(double value, int digits) {
  const double size = std::abs(value);
  if (!std::isfinite(value)) return "—";
  if (size >= 1e9) return short_number(value / 1e9, digits) + "G";
  if (size >= 1e6) return short_number(value / 1e6, digits) + "M";
  if (size >= 1e4) return short_number(value / 1e3, digits) + "k";
  if (size == 0) return "0";
  const int before = static_cast<int>(std::floor(std::log10(size))) + 1;
  if (before < -4) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    return text;
  }
  std::string text = fixed(value, std::clamp(digits - before, 0, 8));
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text;
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
