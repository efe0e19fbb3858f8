// The settings of the program: typed members (setting_values.h), and the table of what can be said about each
// of them, from which text form, checks, `--set`, the rows of the window and their tooltips follow.
#pragma once

#include <any>
#include <cstdint>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "config/setting_values.h"

namespace lf {

enum class SettingKind { Number, Integer, Switch, Choice, Path };

/// One row of the table of settings.
struct SettingInfo {
  std::string key;                   ///< dotted name, e.g. "flow.lr"
  std::string label;                 ///< short name for a row of the window
  std::string group;                 ///< its heading
  SettingKind kind;                  ///< decides how text is parsed and which widget is drawn
  std::string initial;               ///< value of the *fast* preset, as text
  double min = 0, max = 0;           ///< inclusive range of numbers (ignored by Switch and Choice)
  std::string unit;                  ///< "" if none
  std::vector<std::string> choices;  ///< the allowed values of a Choice; words that a Number may be instead
  bool logarithmic = false;          ///< sliders move by factors
  bool live = false;                 ///< true: takes effect immediately; false: with the next new run
  std::string meaning;               ///< one to three sentences of explanation

  std::any member;                                        ///< e.g. &FlowSettings::lr
  std::function<std::string(const SettingValues&)> text;  ///< the member's value, in its one spelling
  std::function<void(const std::string& text, SettingValues&)> read;  ///< sets it from text in this spelling
  std::function<bool(const SettingValues&, const SettingValues&)> equal;  ///< in both
};

/// The table of settings, in order.
const std::vector<SettingInfo>& setting_table();

/// The row named `key`. Throws InputError that lists similar and known names.
const SettingInfo& setting_info(const std::string& key);

/// The row of a member, e.g. setting_info(&FlowSettings::lr).
template <class Group, class T>
const SettingInfo& setting_info(T Group::*member) {
  for (const auto& info : setting_table()) {
    const auto* own = std::any_cast<T Group::*>(&info.member);
    if (own && *own == member) return info;
  }
  throw std::logic_error("a member of setting_values.h has no line in setting_table.cpp");
}

/// Its key.
template <class Group, class T>
const std::string& setting_key(T Group::*member) {
  return setting_info(member).key;
}

/// A named set of values.
struct PresetInfo {
  std::string name;     ///< as in `--preset`
  std::string label;    ///< as in the window, e.g. "Fast"
  std::string meaning;  ///< one sentence
  SettingValues values;
};

/// The table of presets, in order.
const std::vector<PresetInfo>& preset_table();

/// The preset named `name`. Throws InputError that lists the known ones.
const PresetInfo& preset_info(const std::string& name);

/// The values of a run, and the preset that they began with. Code reads and writes the members; where text
/// comes in (scripts, files, the command line, rows of the window), it goes through set, which checks it.
class Settings : public SettingValues {
 public:
  /// The values of a preset ("fast" when none is named).
  explicit Settings(const std::string& preset = "fast");

  /// Sets one value from text. Throws InputError naming key, value, range or choices.
  void set(const std::string& key, const std::string& text);
  /// Restores the preset's value.
  void reset(const std::string& key);
  /// Applies "key=value". Throws InputError.
  void set_assignment(const std::string& assignment);

  /// The value in its one spelling, so that equal values are equal texts. Throws InputError for an unknown
  /// key.
  std::string text(const std::string& key) const;
  /// The value of this key in the chosen preset.
  std::string preset_text(const std::string& key) const;

  const std::string& preset() const { return preset_; }
  /// Every value as text, by its key.
  std::map<std::string, std::string> all() const;
  bool operator==(const Settings& other) const;

 private:
  std::string preset_;
};

/// Checks values that are each in range but may not fit together (width and heads, patch and
/// latent). Throws InputError.
void check_together(const Settings& settings);

/// The limit of a run in seconds, steps or epochs; exactly one member is positive, or none for the
/// preset's own budget.
struct Budget {
  double seconds = 0;   ///< training time of all parts, autoencoder included
  int64_t steps = 0;    ///< flow steps (the autoencoder keeps its epochs)
  double epochs = 0;    ///< flow epochs over the training set
  double until_fd = 0;  ///< train until FD% falls below this, then decay

  /// The number of limits given; none means the preset's own.
  int given() const { return (seconds > 0) + (steps > 0) + (epochs > 0) + (until_fd > 0); }
};

/// Rejects a limit that cannot extend a run: a score. Throws InputError.
void check_extension(const Budget& budget);

}  // namespace lf
