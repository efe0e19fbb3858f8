#include "cli/options/known_values.h"

#include <sstream>

#include "config/settings.h"

namespace lf::cli {
namespace {

/// CLI11 keeps nothing of ours with an option but validators; one that accepts everything carries
/// the values as its name, which help does not show.
constexpr const char* kMark = "known values:";

}  // namespace

CLI::Option* offer(CLI::Option* option, const std::vector<std::string>& values) {
  std::string name = kMark;
  for (const auto& value : values) name += "\n" + value;
  return option->check(CLI::Validator([](std::string&) { return std::string(); }, "", name));
}

std::vector<std::string> known_values(const CLI::Option& option) {
  std::vector<std::string> values;
  for (int i = 0;; ++i) {
    const CLI::Validator* validator = nullptr;
    try {
      // Only the overload that may change the option is public.
      validator = const_cast<CLI::Option&>(option).get_validator(i);
    } catch (const CLI::OptionNotFound&) {
      return values;  // the end of the list
    }
    std::istringstream lines(validator->get_name());
    std::string line;
    if (!std::getline(lines, line) || line != kMark) continue;
    while (std::getline(lines, line)) values.push_back(line);
  }
}

CLI::Option* offer_settings(CLI::Option* option) {
  std::vector<std::string> keys;
  for (const auto& setting : setting_table()) keys.push_back(setting.key + "=");
  return offer(option, keys);
}

}  // namespace lf::cli
