// Every setting of the program, once: default, range, unit and meaning. Tooltips, `--set` and docs come from
// here.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace lf {

enum class SettingKind { Number, Integer, Switch, Choice, Path };

/// One row of the table of settings.
struct SettingInfo {
  std::string key;                   ///< dotted name, e.g. "flow.lr"
  std::string label;                 ///< short name for a row of the window
  std::string group;                 ///< heading it stands under
  SettingKind kind;                  ///< decides how text is read and which widget is drawn
  std::string initial;               ///< value of the *fast* preset, as text
  double min, max;                   ///< inclusive range of numbers (ignored by Switch and Choice)
  std::string unit;                  ///< "" when it has none
  std::vector<std::string> choices;  ///< the allowed values of a Choice; words a Number may be instead
  bool logarithmic;                  ///< sliders move by factors
  bool live;                         ///< true: takes effect at once; false: with the next new run
  std::string meaning;               ///< one to three sentences that teach
};

/// The ordered, visible table.
const std::vector<SettingInfo>& setting_table();

/// The row named `key`. Throws InputError that lists the near and known names.
const SettingInfo& setting_info(const std::string& key);

/// A named set of values.
struct PresetInfo {
  std::string name;                           ///< as in `--preset`
  std::string label;                          ///< as in the window, e.g. "Fast"
  std::string meaning;                        ///< one sentence
  std::map<std::string, std::string> values;  ///< differences to the table's defaults
};

/// The ordered, visible table of presets.
const std::vector<PresetInfo>& preset_table();

/// The preset named `name`. Throws InputError that lists the known.
const PresetInfo& preset_info(const std::string& name);

/// A value for every row of the table; always valid.
class Settings {
 public:
  /// The values of a preset ("fast" when none is named).
  explicit Settings(const std::string& preset = "fast");

  /// Sets one value from text. Throws InputError naming key, value, range or choices.
  void set(const std::string& key, const std::string& text);
  /// Takes the preset's value back.
  void reset(const std::string& key);
  /// Applies "key=value". Throws InputError.
  void set_assignment(const std::string& assignment);

  /// 0 for a Number that is a word.
  double number(const std::string& key) const;
  int64_t integer(const std::string& key) const;
  bool on(const std::string& key) const;
  const std::string& text(const std::string& key) const;
  /// The value this key has in the chosen preset.
  std::string preset_text(const std::string& key) const;

  const std::string& preset() const { return preset_; }
  const std::map<std::string, std::string>& all() const { return values_; }
  bool operator==(const Settings& other) const {
    return preset_ == other.preset_ && values_ == other.values_;
  }

 private:
  std::string preset_;
  std::map<std::string, std::string> values_;
};

/// Refuses values that are each in range but do not fit together (width and heads, patch and latent). Throws
/// InputError.
void check_together(const Settings& settings);

/// How many seconds, steps or epochs a run may take; exactly one member is positive, or none for the preset's
/// own budget.
struct Budget {
  double seconds = 0;   ///< training time of everything, autoencoder included
  int64_t steps = 0;    ///< flow steps (the autoencoder keeps its epochs)
  double epochs = 0;    ///< flow epochs over the training set
  double until_fd = 0;  ///< train until FD% falls below this, then decay

  /// How many of these limits are given; none leaves the preset's own.
  int given() const { return (seconds > 0) + (steps > 0) + (epochs > 0) + (until_fd > 0); }
};

/// Refuses what a run cannot be trained on for: until a score. Throws InputError.
void check_extension(const Budget& budget);

}  // namespace lf
