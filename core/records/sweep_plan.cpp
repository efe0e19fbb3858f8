#include "records/sweep_plan.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/command_words.h"
#include "base/errors.h"
#include "base/number_text.h"
#include "base/typed_text.h"
#include "protocol/command_limits.h"
#include "records/lined_json.h"

namespace lf::records {
namespace {

using nlohmann::ordered_json;
using Kind = LinedJson::Kind;
using Keys = std::vector<std::string>;

constexpr size_t kMostPlanName = 60;
constexpr double kMostSeed = 2147483647;

/// Reads the tree of a sweep file; errors name its lines.
class PlanReader {
 public:
  explicit PlanReader(const std::string& file) : file_(file) {}

  SweepPlan read(const LinedJson& root) {
    known(root, "a sweep",
          {"name", "preset", "set", "table", "seeds", "steps", "seconds", "epochs", "median_rule"});
    if (const auto* name = root.find("name")) plan_.name = name_of(*name);
    if (const auto* preset = root.find("preset"))
      at(*preset, [&] { plan_.preset = preset_info(text_of(*preset, "'preset'")).name; });
    const auto *set = root.find("set"), *table = root.find("table");
    if (set) read_set(*set);
    if (table) read_table(*table);
    if (const auto* seeds = root.find("seeds")) read_seeds(*seeds);
    read_budget(root);
    if (const auto* rule = root.find("median_rule")) {
      if (rule->kind != Kind::Switch) refuse(*rule, "'median_rule' must be true or false");
      plan_.median_rule = rule->on;
    }
    at(table ? *table : set ? *set : root, [&] { check_sweep(plan_); });
    return plan_;
  }

 private:
  [[noreturn]] void refuse(const LinedJson& where, const std::string& why) const {
    throw InputError(file_ + ", line " + std::to_string(where.line) + ": " + why);
  }
  /// Adds the place to an InputError of `action`.
  template <class Action>
  void at(const LinedJson& where, Action action) const {
    try {
      action();
    } catch (const InputError& error) {
      const std::string text = error.what();
      if (text.rfind(file_ + ", line ", 0) == 0) throw;
      refuse(where, text);
    }
  }
  /// Throws unless `object` is one with known keys only.
  void known(const LinedJson& object, const std::string& what, const Keys& keys) const {
    if (object.kind != Kind::Object)
      refuse(object, what + " must be an object {…} with the keys " + joined_names(keys));
    for (const auto& [key, value] : object.parts)
      if (std::find(keys.begin(), keys.end(), key) == keys.end())
        refuse(value, "unknown key '" + shown(key) + "' of " + what + "; known are " + joined_names(keys));
  }
  std::string text_of(const LinedJson& value, const std::string& what) const {
    if (value.kind != Kind::Text) refuse(value, what + " must be a text in double quotes");
    return value.text;
  }
  double number_of(const LinedJson& value, const std::string& what, double least, double most) const {
    if (value.kind != Kind::Number || !(value.number >= least && value.number <= most))
      refuse(value, what + " must be a number from " + number_text(least) + " to " + number_text(most));
    return value.number;
  }
  int64_t integer_of(const LinedJson& value, const std::string& what, double least, double most) const {
    const double number = number_of(value, what, least, most);
    if (number != std::floor(number)) refuse(value, what + " must be a whole number");
    return static_cast<int64_t>(number);
  }
  std::string name_of(const LinedJson& value) const {
    const std::string name = text_of(value, "'name'");
    const bool odd = std::any_of(name.begin(), name.end(), [](char c) { return c >= 0 && c < ' '; });
    if (name.empty() || name.size() > kMostPlanName || odd)
      refuse(value, "'name' must be one line of 1 to " + std::to_string(kMostPlanName) + " bytes");
    return name;
  }
  const LinedJson& member(const LinedJson& object, const char* key, const std::string& what) const {
    const auto* found = object.find(key);
    if (!found) refuse(object, what + " has no '" + key + "'");
    return *found;
  }
  void list(const LinedJson& value, const std::string& what) const {
    if (value.kind != Kind::List) refuse(value, what + " must be a list […]");
    if (value.parts.empty()) refuse(value, what + " is empty; give at least one entry");
    if (value.parts.size() > kMostSweepRuns)
      refuse(value, what + " has more than " + std::to_string(kMostSweepRuns) + " entries");
  }

  /// A value of a setting in its one spelling.
  std::string setting_value(const std::string& key, const LinedJson& value) const {
    std::string text = value.text;
    if (value.kind == Kind::Number) text = number_text(value.number);
    if (value.kind == Kind::Switch) text = value.on ? "on" : "off";
    if (value.kind == Kind::List || value.kind == Kind::Object || value.kind == Kind::Null)
      refuse(value, "a value of setting " + key + " must be a number, a text, true or false");
    Settings scratch(plan_.preset);
    at(value, [&] { scratch.set(key, text); });
    return scratch.text(key);
  }
  /// A value is the same in all runs; a list or a range is an axis.
  void read_set(const LinedJson& set) {
    if (set.kind != Kind::Object) refuse(set, "'set' must be an object {\"key\": value or list}");
    for (const auto& [key, value] : set.parts) {
      at(value, [&, name = key] { setting_info(name); });
      if (key == setting_key(&GeneralSettings::seed)) refuse(value, "give the seed as 'seeds', a list");
      if (value.kind == Kind::List || value.kind == Kind::Object) {
        plan_.axes.push_back(axis_of(key, value));
      } else {
        plan_.settings[key] = setting_value(key, value);
      }
    }
  }
  SweepAxis axis_of(const std::string& setting, const LinedJson& values) const {
    check_axis_name(setting, values);
    SweepAxis axis{setting, {}};
    if (values.kind == Kind::Object) {
      for (const double value : range_of(setting, values))
        axis.values.push_back(in_range(setting, values, value));
      return axis;
    }
    list(values, "the list of " + setting);
    for (const auto& [none, value] : values.parts) {
      const std::string text = setting_value(setting, value);
      if (std::count(axis.values.begin(), axis.values.end(), text))
        refuse(value, "setting " + setting + " has the value " + text + " twice; remove one");
      axis.values.push_back(text);
    }
    return axis;
  }
  void check_axis_name(const std::string& setting, const LinedJson& where) const {
    at(where, [&] {
      const std::string why = no_axis_reason(setting_info(setting).key);
      if (!why.empty()) throw InputError("setting " + setting + " can be no axis: " + why);
    });
  }
  /// A number of a range, as text; whole if the setting is.
  std::string in_range(const std::string& setting, const LinedJson& range, double number) const {
    LinedJson value;
    value.kind = Kind::Number;
    value.line = range.line;
    value.number = setting_info(setting).kind == SettingKind::Integer ? std::round(number) : number;
    return setting_value(setting, value);
  }
  std::vector<double> range_of(const std::string& setting, const LinedJson& range) const {
    const std::string what = "the range of " + setting;
    known(range, what, {"from", "to", "count", "scale"});
    const SettingInfo& info = setting_info(setting);
    if (info.kind != SettingKind::Number && info.kind != SettingKind::Integer)
      refuse(range, "setting " + setting + " is no number; list its values");
    const double from = number_of(member(range, "from", what), "'from'", info.min, info.max);
    const double to = number_of(member(range, "to", what), "'to'", info.min, info.max);
    const int64_t count = integer_of(member(range, "count", what), "'count'", 2, kMostSweepRuns);
    bool log = info.logarithmic;
    if (const auto* scale = range.find("scale")) {
      const std::string name = text_of(*scale, "'scale'");
      if (name != "log" && name != "linear") refuse(*scale, "'scale' must be \"log\" or \"linear\"");
      log = name == "log";
    }
    std::vector<double> values;
    at(range, [&] { values = spaced_values(from, to, count, log); });
    return values;
  }
  void read_table(const LinedJson& table) {
    list(table, "'table'");
    if (!plan_.axes.empty()) refuse(table, "give lists in 'set' or a 'table', not both");
    for (const auto& [none, row] : table.parts) {
      if (row.kind != Kind::Object || row.parts.empty())
        refuse(row, "a row of 'table' must be an object {\"key\": value}");
      if (plan_.axes.empty()) begin_table(row);
      const SweepPoint point = point_of(row);
      if (std::count(plan_.table.begin(), plan_.table.end(), point))
        refuse(row, "this row is in the table twice");
      plan_.table.push_back(point);
    }
  }
  void begin_table(const LinedJson& row) {
    for (const auto& [key, value] : row.parts) {
      check_axis_name(key, value);
      plan_.axes.push_back({key, {}});
    }
  }
  /// The values of a row as indices of those so far.
  SweepPoint point_of(const LinedJson& row) {
    SweepPoint point;
    for (auto& axis : plan_.axes) {
      const auto* value = row.find(axis.setting);
      if (!value || row.parts.size() != plan_.axes.size())
        refuse(row, "every row of 'table' needs the same settings as the first one");
      const std::string text = setting_value(axis.setting, *value);
      const auto found = std::find(axis.values.begin(), axis.values.end(), text);
      point.push_back(static_cast<size_t>(found - axis.values.begin()));
      if (found == axis.values.end()) axis.values.push_back(text);
    }
    return point;
  }
  void read_seeds(const LinedJson& seeds) {
    plan_.seeds.clear();
    if (seeds.kind == Kind::Object) {
      known(seeds, "'seeds'", {"from", "count"});
      const int64_t from =
          integer_of(member(seeds, "from", "'seeds'"), "'from'", 0, kMostSeed - kMostSweepRuns);
      const int64_t count = integer_of(member(seeds, "count", "'seeds'"), "'count'", 1, kMostSweepRuns);
      for (int64_t i = 0; i < count; ++i) plan_.seeds.push_back(from + i);
      return;
    }
    list(seeds, "'seeds'");
    for (const auto& [none, seed] : seeds.parts) {
      plan_.seeds.push_back(integer_of(seed, "a seed", 0, kMostSeed));
      if (std::count(plan_.seeds.begin(), plan_.seeds.end(), plan_.seeds.back()) > 1)
        refuse(seed, "seed " + std::to_string(plan_.seeds.back()) + " is given twice; remove one");
    }
  }
  void read_budget(const LinedJson& root) {
    Budget& budget = plan_.budget;
    const auto *seconds = root.find("seconds"), *steps = root.find("steps"), *epochs = root.find("epochs");
    if (seconds) budget.seconds = number_of(*seconds, "'seconds'", kLeastSeconds, kMostSeconds);
    if (steps) budget.steps = integer_of(*steps, "'steps'", 1, kMostSteps);
    if (epochs) budget.epochs = number_of(*epochs, "'epochs'", kLeastEpochs, kMostEpochs);
    if (budget.given() > 1) refuse(steps ? *steps : *seconds, "give only one of seconds, steps and epochs");
  }

  const std::string& file_;
  SweepPlan plan_;
};

/// A value of a setting as JSON: a number where it is one.
ordered_json value_json(const std::string& key, const std::string& text) {
  const SettingKind kind = setting_info(key).kind;
  const auto number = parse_number(text);
  if (kind == SettingKind::Switch) return text == "on";
  if ((kind != SettingKind::Number && kind != SettingKind::Integer) || !number) return text;
  if (const auto whole = parse_integer(text)) return *whole;
  return *number;
}

/// Fixed settings, then the axes, unless a table lists their values.
ordered_json set_json(const SweepPlan& plan) {
  ordered_json set = ordered_json::object();
  for (const auto& [key, value] : plan.settings) set[key] = value_json(key, value);
  if (!plan.table.empty()) return set;
  for (const auto& axis : plan.axes) {
    ordered_json values = ordered_json::array();
    for (const auto& value : axis.values) values.push_back(value_json(axis.setting, value));
    set[axis.setting] = values;
  }
  return set;
}

ordered_json table_json(const SweepPlan& plan) {
  ordered_json rows = ordered_json::array();
  for (const auto& point : plan.table) {
    ordered_json row = ordered_json::object();
    for (size_t i = 0; i < plan.axes.size(); ++i)
      row[plan.axes[i].setting] = value_json(plan.axes[i].setting, plan.axes[i].values[point[i]]);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

SweepPlan parse_sweep_plan(const std::string& text, const std::string& file) {
  return PlanReader(file).read(parse_lined_json(typed_text(text, file), file));
}

std::string sweep_plan_text(const SweepPlan& plan) {
  ordered_json json{{"name", plan.name}, {"preset", plan.preset}, {"set", set_json(plan)}};
  if (!plan.table.empty()) json["table"] = table_json(plan);
  json["seeds"] = plan.seeds;
  if (plan.budget.seconds > 0) json["seconds"] = plan.budget.seconds;
  if (plan.budget.steps > 0) json["steps"] = plan.budget.steps;
  if (plan.budget.epochs > 0) json["epochs"] = plan.budget.epochs;
  json["median_rule"] = plan.median_rule;
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace lf::records
