#include "lab/arguments.h"

#include <algorithm>
#include <cmath>

#include "base/command_words.h"
#include "base/errors.h"
#include "base/number_text.h"
#include "lab/tools.h"

namespace lf {
namespace {

constexpr size_t kMostText = 4000;

/// Why `argument` cannot be `value`; "" when it can.
std::string refusal(const LabArgument& argument, const std::string& value) {
  using Kind = LabArgument::Kind;
  if (argument.kind == Kind::Switch) return value == "on" || value == "off" ? "" : "give on or off";
  if (argument.kind == Kind::Text) {
    const size_t most = argument.high > 0 ? static_cast<size_t>(argument.high) : kMostText;
    return value.size() <= most ? "" : "at most " + std::to_string(most) + " characters";
  }
  if (argument.kind == Kind::Choice) {
    const auto& known = argument.choices;
    return std::find(known.begin(), known.end(), value) != known.end() ? ""
                                                                       : "known are " + joined_names(known);
  }
  const auto number = parse_number(value);
  const bool whole = argument.kind == Kind::Integer;
  const bool fits = number && *number >= argument.low && *number <= argument.high &&
                    (!whole || *number == std::floor(*number));
  return fits ? ""
              : std::string(whole ? "give a whole number" : "give a number") + " from " +
                    number_text(argument.low) + " to " + number_text(argument.high);
}

}  // namespace

std::string LabArguments::text(const std::string& key) const {
  const auto found = values_.find(key);
  return found == values_.end() ? "" : found->second;
}

double LabArguments::number(const std::string& key) const { return parse_number(text(key)).value_or(0); }

LabArguments lab_arguments(const LabToolInfo& tool, const std::map<std::string, std::string>& given) {
  std::map<std::string, std::string> values;
  std::vector<std::string> known;
  for (const LabArgument& argument : tool.arguments) {
    values[argument.key] = argument.initial;
    known.push_back(argument.key);
  }
  for (const auto& entry : given) {
    const std::string what = std::string("lab ") + tool.id + " " + entry.first + "=" + entry.second;
    const auto argument = std::find_if(tool.arguments.begin(), tool.arguments.end(),
                                       [&](const LabArgument& a) { return entry.first == a.key; });
    if (argument == tool.arguments.end())
      throw InputError(what + ": " +
                       (known.empty() ? "this tool takes no arguments" : "known are " + joined_names(known)));
    const std::string why = refusal(*argument, entry.second);
    if (!why.empty()) throw InputError(what + ": " + why);
    values[entry.first] = entry.second;
  }
  return LabArguments(std::move(values));
}

}  // namespace lf
