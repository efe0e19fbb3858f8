// C++ values as JSON, for the safety net: short things in full, long arrays as their length, first values and
// a checksum. The same value gives the same text on every machine.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "base/image_shape.h"
#include "base/image_sheet.h"

namespace lf::net {

using nlohmann::json;

/// Longer arrays of numbers are printed as a checksum.
inline constexpr size_t kMostPrinted = 16;

/// A struct as an object of its fields; LF_NET_FIELDS defines it for each struct.
template <class T>
json plain(const T& whole);

/// FNV-1a, 64 bits.
class Checksum {
 public:
  void add(const void* bytes, size_t count) {
    const auto* at = static_cast<const unsigned char*>(bytes);
    for (size_t i = 0; i < count; ++i) state_ = (state_ ^ at[i]) * 1099511628211ull;
  }
  std::string text() const {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(state_));
    return text;
  }

 private:
  uint64_t state_ = 14695981039346656037ull;
};

template <class T>
bool is_nan([[maybe_unused]] T value) {
  if constexpr (std::is_floating_point_v<T>) return std::isnan(value);
  return false;
}

/// A number of JSON, or the word for one that JSON does not know.
template <class T>
json number(T value) {
  if constexpr (std::is_floating_point_v<T>) {
    if (is_nan(value)) return "nan";
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  }
  return value;
}

/// `count` numbers: all of them, or a checksum.
template <class T>
json numbers(const T* values, size_t count) {
  json printed = json::array();
  for (size_t i = 0; i < std::min(count, kMostPrinted); ++i) printed.push_back(number(values[i]));
  if (count <= kMostPrinted) return printed;
  Checksum sum;
  for (size_t i = 0; i < count; ++i) {
    if (is_nan(values[i]))
      sum.add("nan", 3);  // the sign of a NaN is the compiler's choice
    else
      sum.add(values + i, sizeof(T));
  }
  return {{"count", count}, {"first", printed}, {"sum", sum.text()}};
}

template <class T>
struct IsList : std::false_type {};
template <class T>
struct IsList<std::vector<T>> : std::true_type {};
template <class T, size_t N>
struct IsList<std::array<T, N>> : std::true_type {};

template <class T>
struct IsShared : std::false_type {};
template <class T>
struct IsShared<std::shared_ptr<T>> : std::true_type {};

/// Any value of a snapshot as JSON.
template <class T>
json value(const T& from) {
  if constexpr (std::is_same_v<T, bool>) {
    return from;
  } else if constexpr (std::is_enum_v<T>) {
    return static_cast<int>(from);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return number(from);
  } else if constexpr (std::is_same_v<T, std::string> ||
                       std::is_same_v<T, std::map<std::string, std::string>>) {
    return from;
  } else if constexpr (std::is_same_v<T, ImageSheet>) {  // the shape of digits is not mentioned
    const json bytes = value(from.bytes);
    return from.shape == kDigitShape ? bytes : json{{"shape", size_text(from.shape)}, {"bytes", bytes}};
  } else if constexpr (IsShared<T>::value) {
    return from == nullptr ? json(nullptr) : value(*from);
  } else if constexpr (IsList<T>::value) {
    if constexpr (std::is_arithmetic_v<typename T::value_type>) return numbers(from.data(), from.size());
    json list = json::array();
    if constexpr (!std::is_arithmetic_v<typename T::value_type>)
      for (const auto& item : from) list.push_back(value(item));
    return list;
  } else {
    return plain(from);
  }
}

/// Removes and returns the next name of a list "a, b, c".
inline std::string take_name(std::string& names) {
  const size_t comma = names.find(',');
  std::string name = names.substr(0, comma);
  names = comma == std::string::npos ? "" : names.substr(names.find_first_not_of(' ', comma + 1));
  return name;
}

/// An object of values and their names "a, b, c".
template <class... T>
json named(std::string names, const T&... values) {
  json object = json::object();
  ((object[take_name(names)] = value(values)), ...);
  return object;
}

}  // namespace lf::net

/// Prints a struct by its fields, named in order. A missing or additional field does not compile.
#define LF_NET_FIELDS(Type, ...)               \
  template <>                                  \
  inline json plain<Type>(const Type& whole) { \
    const auto& [__VA_ARGS__] = whole;         \
    return named(#__VA_ARGS__, __VA_ARGS__);   \
  }
