#include "cli/options/setting_commands.h"

#include <map>

#include "base/assignment.h"
#include "base/errors.h"

namespace lf::cli {
namespace {

SettingWord split(const std::string& assignment) {
  const auto given = split_assignment(assignment);
  if (!given) throw InputError("--set " + assignment + ": a setting must be given as key=value");
  return {given->key, given->value};
}

}  // namespace

std::vector<Command> setting_commands(const std::string& preset, const std::vector<SettingWord>& own,
                                      const std::vector<std::string>& assignments) {
  Settings settings(preset);
  std::vector<Command> commands{PresetCommand{preset}};
  std::map<std::string, std::string> given;
  std::vector<SettingWord> words = own;
  for (const auto& assignment : assignments) words.push_back(split(assignment));
  for (const auto& [key, value] : words) {
    settings.set(key, value);
    const auto [before, fresh] = given.emplace(key, settings.text(key));
    if (before->second != settings.text(key))
      throw InputError(key + " is given twice, as " + before->second + " and as " + settings.text(key) +
                       " (with --" + key + " and --set); give it once");
    if (fresh) commands.push_back(SetCommand{key, settings.text(key)});
  }
  check_together(settings);
  return commands;
}

}  // namespace lf::cli
