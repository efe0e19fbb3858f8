#include "config/sweep.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "base/command_words.h"
#include "base/errors.h"
#include "base/number_text.h"
#include "base/printed.h"

namespace lf {
namespace {

constexpr size_t kMostLabelBytes = 24, kMostNameBytes = 120;

/// Settings without an effect on what a run learns and scores, or the same for all runs of a process.
bool is_beside_the_run(const SettingInfo& info) {
  const std::string group = info.key.substr(0, info.key.find('.'));
  static const std::set<std::string> general{
      setting_key(&GeneralSettings::device), setting_key(&GeneralSettings::threads),
      setting_key(&GeneralSettings::autosave), setting_key(&GeneralSettings::marks)};
  return group == "preview" || group == "quality" || general.count(info.key) > 0;
}

/// Letters, digits and "-._" of a value, for a file's name.
std::string for_file_name(const std::string& text) {
  std::string name;
  for (const char letter : text) {
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' || letter == '_';
    name += plain ? letter : '_';
  }
  return name.size() <= kMostLabelBytes ? name : name.substr(name.size() - kMostLabelBytes);
}

/// Separated by blanks, commas or semicolons.
std::vector<std::string> typed_words(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char letter : text + " ") {
    const bool separates = letter == ' ' || letter == '\t' || letter == ',' || letter == ';';
    if (!separates) word += letter;
    if (separates && !word.empty()) words.push_back(std::exchange(word, ""));
  }
  return words;
}

void refuse_twice(const std::vector<std::string>& values, const std::string& what) {
  std::set<std::string> seen;
  for (const auto& value : values)
    if (!seen.insert(value).second) throw InputError(what + " has the value " + value + " twice; remove one");
}

void check_axes(const SweepPlan& plan) {
  if (plan.axes.size() > kMostSweepAxes)
    throw InputError("a sweep has at most " + std::to_string(kMostSweepAxes) + " axes, not " +
                     std::to_string(plan.axes.size()));
  std::set<std::string> names;
  for (const auto& axis : plan.axes) {
    const std::string why = no_axis_reason(setting_info(axis.setting).key);
    if (!why.empty()) throw InputError("setting " + axis.setting + " can be no axis: " + why);
    if (!names.insert(axis.setting).second)
      throw InputError("setting " + axis.setting + " is an axis twice; join their values");
    if (axis.values.empty()) throw InputError("axis " + axis.setting + " has no value; give at least one");
    refuse_twice(axis.values, "axis " + axis.setting);
    if (plan.settings.count(axis.setting))
      throw InputError("setting " + axis.setting + " has a fixed value and is an axis; remove one of both");
  }
}

void check_seeds(const SweepPlan& plan) {
  if (plan.seeds.empty()) throw InputError("a sweep needs a seed; give at least one");
  std::vector<std::string> texts;
  for (const int64_t seed : plan.seeds) texts.push_back(std::to_string(seed));
  refuse_twice(texts, "the list of seeds");
}

/// Axes that the budget overrides would compare equal runs.
void check_budget(const SweepPlan& plan) {
  if (plan.budget.given() > 1) throw InputError("a budget has only one of seconds, steps and epochs");
  if (plan.budget.until_fd > 0)
    throw InputError("a budget of a sweep is in seconds, steps or epochs: its runs must be equally long");
  std::set<std::string> overridden;
  if (plan.budget.given() > 0) overridden.insert(setting_key(&FlowSettings::steps));
  if (plan.budget.seconds > 0) {
    overridden.insert(setting_key(&AutoencoderSettings::epochs));
    overridden.insert(setting_key(&AutoencoderSettings::freeze));
    overridden.insert(setting_key(&AutoencoderSettings::file));
  }
  for (const auto& axis : plan.axes)
    if (overridden.count(axis.setting))
      throw InputError("axis " + axis.setting + " does not go together with this budget, which fixes the " +
                       "steps of all runs; remove one of both");
}

}  // namespace

std::string no_axis_reason(const std::string& setting) {
  if (setting == setting_key(&GeneralSettings::seed)) return "give its values as seeds";
  return is_beside_the_run(setting_info(setting)) ? "it does not change what a run learns" : "";
}

std::vector<double> spaced_values(double from, double to, int64_t count, bool logarithmic) {
  if (count < 2 || count > static_cast<int64_t>(kMostSweepRuns))
    throw InputError("a range has 2 to " + std::to_string(kMostSweepRuns) + " values, not " +
                     std::to_string(count));
  if (from == to) throw InputError("a range begins and ends at " + number_text(from) + "; give two ends");
  if (logarithmic && !(from > 0 && to > 0))
    throw InputError("a logarithmic range has positive ends, not " + number_text(from) + " and " +
                     number_text(to));
  std::vector<double> values;
  for (int64_t i = 0; i < count; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(count - 1);
    const double value = logarithmic ? from * std::pow(to / from, share) : from + (to - from) * share;
    const bool end = i == 0 || i == count - 1;
    values.push_back(end ? (i == 0 ? from : to) : *parse_number(printed("%.6g", value)));
  }
  return values;
}

SweepAxis typed_axis(const std::string& setting, const std::string& text, const std::string& preset) {
  const SettingInfo& info = setting_info(setting);
  std::vector<std::string> words = typed_words(text);
  const size_t dots = words.empty() ? std::string::npos : words[0].find("..");
  if (dots != std::string::npos && info.kind != SettingKind::Path) {
    const auto from = parse_number(words[0].substr(0, dots)), to = parse_number(words[0].substr(dots + 2));
    const auto count = words.size() == 3 && words[1] == "x" ? parse_integer(words[2]) : std::nullopt;
    if (!from || !to || !count) throw InputError("a range of " + setting + " is written as 0.1..0.4 x 4");
    words.clear();
    for (const double value : spaced_values(*from, *to, *count, info.logarithmic))
      words.push_back(number_text(info.kind == SettingKind::Integer ? std::round(value) : value));
  }
  SweepAxis axis{setting, {}};
  Settings scratch(preset);
  for (const auto& word : words) {
    scratch.set(setting, word);
    axis.values.push_back(scratch.text(setting));
  }
  return axis;
}

std::vector<int64_t> typed_seeds(const std::string& text) {
  const SettingInfo& info = setting_info(&GeneralSettings::seed);
  const auto seed_of = [&](const std::string& word) {
    const auto seed = parse_integer(word);
    if (!seed || *seed < 0 || static_cast<double>(*seed) > info.max)
      throw InputError("'" + word + "' is no seed; give whole numbers such as 1 2 3, or 1..3");
    return *seed;
  };
  std::vector<int64_t> seeds;
  for (const auto& word : typed_words(text)) {
    const size_t dots = word.find("..");
    const int64_t first = seed_of(word.substr(0, dots));
    const int64_t last = dots == std::string::npos ? first : seed_of(word.substr(dots + 2));
    if (last < first || last - first >= static_cast<int64_t>(kMostSweepRuns))
      throw InputError("'" + word + "' is no range of 1 to " + std::to_string(kMostSweepRuns) + " seeds");
    for (int64_t seed = first; seed <= last; ++seed) seeds.push_back(seed);
  }
  return seeds;
}

std::vector<SweepPoint> sweep_points(const SweepPlan& plan) {
  if (!plan.table.empty()) return plan.table;
  std::vector<SweepPoint> points{{}};
  for (const auto& axis : plan.axes) {
    std::vector<SweepPoint> longer;
    for (const auto& point : points) {
      for (size_t i = 0; i < axis.values.size(); ++i) {
        longer.push_back(point);
        longer.back().push_back(i);
      }
    }
    points = std::move(longer);
  }
  return points;
}

size_t sweep_run_count(const SweepPlan& plan) {
  size_t count = plan.seeds.size();
  const auto times = [&](size_t factor) {
    count = factor > 0 && count > SIZE_MAX / factor ? SIZE_MAX : count * factor;
  };
  if (!plan.table.empty()) {
    times(plan.table.size());
  } else {
    for (const auto& axis : plan.axes) times(axis.values.size());
  }
  return count;
}

Settings sweep_settings(const SweepPlan& plan, const SweepPoint& point, int64_t seed) {
  Settings settings(plan.preset);
  for (const auto& [key, value] : plan.settings) settings.set(key, value);
  for (size_t i = 0; i < plan.axes.size(); ++i)
    settings.set(plan.axes[i].setting, plan.axes[i].values.at(point.at(i)));
  settings.set(setting_key(&GeneralSettings::seed), std::to_string(seed));
  return settings;
}

std::string point_text(const std::vector<SweepAxis>& axes, const SweepPoint& point) {
  std::vector<std::string> parts;
  for (size_t i = 0; i < axes.size(); ++i)
    parts.push_back(axes[i].setting + " " + axes[i].values.at(point.at(i)));
  return parts.empty() ? "the preset" : joined_names(parts);
}

std::string sweep_run_name(const SweepPlan& plan, const SweepPoint& point, int64_t seed, size_t index,
                           size_t count) {
  const auto digits = std::max<size_t>(2, std::to_string(count).size());
  std::string name = printed("%0*zu", static_cast<int>(digits), index + 1);
  for (size_t i = 0; i < plan.axes.size(); ++i) {
    const std::string& key = plan.axes[i].setting;
    name += "-" + key.substr(key.rfind('.') + 1) + for_file_name(plan.axes[i].values.at(point.at(i)));
  }
  return name.substr(0, kMostNameBytes) + "-s" + std::to_string(seed);
}

void check_sweep(const SweepPlan& plan) {
  preset_info(plan.preset);
  check_axes(plan);
  check_seeds(plan);
  check_budget(plan);
  if (sweep_run_count(plan) > kMostSweepRuns)
    throw InputError("a sweep has at most " + std::to_string(kMostSweepRuns) +
                     " runs; use fewer values or seeds");
  for (const auto& point : sweep_points(plan)) {
    const Settings settings = sweep_settings(plan, point, plan.seeds.front());
    try {
      check_together(settings);
    } catch (const InputError& error) {
      throw InputError("the combination " + point_text(plan.axes, point) + " is impossible: " + error.what());
    }
    if (settings.quality.final < 100)
      throw InputError("setting quality.final must be at least 100: runs are compared by their FD");
  }
}

}  // namespace lf
