// What a tool of the lab can be told, as key=value words: checked when a command is read, complete when a
// tool is opened.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace lf {

/// One argument of a tool.
struct LabArgument {
  enum class Kind { Switch, Integer, Number, Choice, Text };
  const char* key;
  Kind kind;
  const char* initial;                    ///< the value where nobody says
  double low = 0, high = 0;               ///< of an Integer or a Number; most characters of a Text (0: 4,000)
  std::vector<std::string> choices = {};  ///< of a Choice
};

/// Values by key; every argument of the tool is there.
class LabArguments {
 public:
  LabArguments() = default;
  explicit LabArguments(std::map<std::string, std::string> values) : values_(std::move(values)) {}

  /// "" for a key that the tool does not have.
  std::string text(const std::string& key) const;
  /// 0 for such a key.
  double number(const std::string& key) const;
  int64_t integer(const std::string& key) const { return static_cast<int64_t>(number(key)); }
  bool on(const std::string& key) const { return text(key) == "on"; }

  const std::map<std::string, std::string>& values() const { return values_; }
  bool operator==(const LabArguments& o) const { return values_ == o.values_; }
  bool operator!=(const LabArguments& o) const { return values_ != o.values_; }

 private:
  std::map<std::string, std::string> values_;
};

struct LabToolInfo;

/// `given` with the initial values of all others. Throws InputError that names tool, key and value for a key
/// that the tool does not have or a value it cannot take.
LabArguments lab_arguments(const LabToolInfo& tool, const std::map<std::string, std::string>& given);

}  // namespace lf
