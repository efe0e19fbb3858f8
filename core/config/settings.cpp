#include "config/settings.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/assignment.h"
#include "base/command_words.h"
#include "base/errors.h"
#include "base/number_text.h"
#include "base/typed_path.h"
#include "base/utf8.h"

namespace lf {
namespace {

constexpr int64_t kLatentSide = 4;  // the autoencoder's latents are 4×4×4

std::string range_text(const SettingInfo& info) {
  std::string text = number_text(info.min) + " to " + number_text(info.max);
  for (const auto& word : info.choices) text += (&word == &info.choices.back() ? " or " : ", ") + word;
  return text;
}

bool is_choice(const SettingInfo& info, const std::string& text) {
  return std::find(info.choices.begin(), info.choices.end(), text) != info.choices.end();
}

/// The number in its canonical spelling, so that equal settings are equal texts; or one of the
/// row's words.
std::string as_number(const SettingInfo& info, const std::string& text) {
  if (is_choice(info, text)) return text;
  const bool integer = info.kind == SettingKind::Integer;
  const auto value = parse_number(text);
  if (!value || (integer && *value != std::floor(*value))) {
    throw InputError("setting " + info.key + ": '" + text + "' is not " +
                     (integer ? "a whole number" : "a number") + "; give one from " + range_text(info));
  }
  if (*value < info.min || *value > info.max) {
    throw InputError("setting " + info.key + ": " + text + " is out of range; give " + range_text(info));
  }
  return number_text(*value == 0 ? 0 : *value);  // no "-0"
}

std::string as_switch(const SettingInfo& info, const std::string& text) {
  if (text == "on" || text == "true" || text == "1") return "on";
  if (text == "off" || text == "false" || text == "0") return "off";
  throw InputError("setting " + info.key + ": '" + text + "' is neither on nor off");
}

std::string as_choice(const SettingInfo& info, const std::string& text) {
  if (is_choice(info, text)) return text;
  throw InputError("setting " + info.key + ": unknown value '" + text + "'; known are " +
                   joined_names(info.choices));
}

std::string checked(const SettingInfo& info, const std::string& text) {
  switch (info.kind) {
    case SettingKind::Switch:
      return as_switch(info, text);
    case SettingKind::Choice:
      return as_choice(info, text);
    case SettingKind::Path:
      if (valid_utf8(text) == text) return typed_path(text);
      throw InputError("setting " + info.key +
                       ": the path is not UTF-8, so a model file cannot store it; rename it");
    default:
      return as_number(info, text);
  }
}

/// Levenshtein distance: the number of letters to insert, delete or change.
size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t changed = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

/// True if `key` may be the intended name for the typed `text`: few wrong letters, or a missing
/// group.
bool is_near(const std::string& key, const std::string& text) {
  constexpr size_t kSlips = 2;
  const auto dot = key.find('.');
  // A much longer text cannot be similar, and its distance takes long to compute.
  const bool alike = text.size() <= key.size() + kSlips && edit_distance(key, text) <= kSlips;
  return alike || (dot != std::string::npos && key.substr(dot + 1) == text);
}

template <class Rows, class Name>
[[noreturn]] void refuse_unknown(const std::string& what, const std::string& text, const Rows& rows,
                                 Name name) {
  std::vector<std::string> known, near;
  for (const auto& row : rows) {
    known.push_back(row.*name);
    if (is_near(row.*name, text)) near.push_back(row.*name);
  }
  const std::string hint = near.empty() ? "" : " (did you mean " + joined_names(near) + "?)";
  throw InputError("unknown " + what + " '" + text + "'" + hint + "; known are " + joined_names(known));
}

}  // namespace

const SettingInfo& setting_info(const std::string& key) {
  for (const auto& info : setting_table()) {
    if (info.key == key) return info;
  }
  refuse_unknown("setting", key, setting_table(), &SettingInfo::key);
}

const PresetInfo& preset_info(const std::string& name) {
  for (const auto& preset : preset_table()) {
    if (preset.name == name) return preset;
  }
  refuse_unknown("preset", name, preset_table(), &PresetInfo::name);
}

Settings::Settings(const std::string& preset) : SettingValues(preset_info(preset).values), preset_(preset) {}

void Settings::set(const std::string& key, const std::string& text) {
  const SettingInfo& info = setting_info(key);
  info.read(checked(info, text), *this);
}

void Settings::reset(const std::string& key) { set(key, preset_text(key)); }

void Settings::set_assignment(const std::string& assignment) {
  const auto given = split_assignment(assignment);
  if (!given) throw InputError("a setting must be given as key=value, got '" + assignment + "'");
  set(given->key, given->value);
}

std::string Settings::text(const std::string& key) const { return setting_info(key).text(*this); }

std::string Settings::preset_text(const std::string& key) const {
  return setting_info(key).text(preset_info(preset_).values);
}

std::map<std::string, std::string> Settings::all() const {
  std::map<std::string, std::string> values;
  for (const auto& info : setting_table()) values[info.key] = info.text(*this);
  return values;
}

bool Settings::operator==(const Settings& other) const {
  const auto& table = setting_table();
  return preset_ == other.preset_ && std::all_of(table.begin(), table.end(), [&](const SettingInfo& info) {
           return info.equal(*this, other);
         });
}

void check_together(const Settings& settings) {
  const auto width = settings.flow.width, heads = settings.flow.heads, patch = settings.flow.patch;
  const std::string of_width = "setting " + setting_key(&FlowSettings::width) + ": " + std::to_string(width) +
                               " is not a multiple of ";
  if (width % heads != 0) {
    throw InputError(of_width + setting_key(&FlowSettings::heads) + " " + std::to_string(heads) +
                     "; change one of them");
  }
  if (kLatentSide % patch != 0) {
    throw InputError("setting " + setting_key(&FlowSettings::patch) + ": " + std::to_string(patch) +
                     " does not divide the 4×4 latent; give 1, 2 or 4");
  }
  if (settings.flow.net == "dit" && width % 4 != 0) {
    throw InputError(of_width + "4, which the position embedding of " + setting_key(&FlowSettings::net) +
                     "=dit needs; change it");
  }
}

void check_extension(const Budget& budget) {
  if (budget.until_fd > 0)
    throw InputError("a resumed run cannot train until a score; give it more seconds, steps or epochs");
}

}  // namespace lf
