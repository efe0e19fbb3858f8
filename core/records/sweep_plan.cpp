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
    known(root, "a sweep", {"name", "preset", "settings", "axes", "table", "seeds", "budget", "median_rule"});
    if (const auto* name = root.find("name")) plan_.name = name_of(*name);
    if (const auto* preset = root.find("preset"))
      at(*preset, [&] { plan_.preset = preset_info(text_of(*preset, "'preset'")).name; });
    if (const auto* settings = root.find("settings")) read_settings(*settings);
    const auto *axes = root.find("axes"), *table = root.find("table");
    if (axes && table) refuse(*table, "give either 'axes' or 'table', not both");
    if (axes) read_axes(*axes);
    if (table) read_table(*table);
    if (const auto* seeds = root.find("seeds")) read_seeds(*seeds);
    if (const auto* budget = root.find("budget")) read_budget(*budget);
    if (const auto* rule = root.find("median_rule")) {
      if (rule->kind != Kind::Switch) refuse(*rule, "'median_rule' must be true or false");
      plan_.median_rule = rule->on;
    }
    at(axes ? *axes : table ? *table : root, [&] { check_sweep(plan_); });
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
  void read_settings(const LinedJson& settings) {
    if (settings.kind != Kind::Object) refuse(settings, "'settings' must be an object {\"key\": value}");
    for (const auto& [key, value] : settings.parts) {
      at(value, [&, name = key] { setting_info(name); });
      if (key == setting_key(&GeneralSettings::seed)) refuse(value, "give the seed as 'seeds', a list");
      plan_.settings[key] = setting_value(key, value);
    }
  }
  void read_axes(const LinedJson& axes) {
    list(axes, "'axes'");
    for (const auto& [none, axis] : axes.parts) plan_.axes.push_back(axis_of(axis));
  }
  SweepAxis axis_of(const LinedJson& axis) const {
    const bool range = axis.kind == Kind::Object && !axis.find("values");
    known(axis, "an axis", {"setting", "values", "from", "to", "count", "scale"});
    SweepAxis found;
    found.setting = text_of(member(axis, "setting", "an axis"), "'setting'");
    check_axis_name(found.setting, *axis.find("setting"));
    if (range) {
      for (const double value : range_of(axis, found.setting))
        found.values.push_back(in_range(axis, found, value));
      return found;
    }
    for (const char* key : {"from", "to", "count", "scale"})
      if (const auto* given = axis.find(key)) refuse(*given, "give either 'values' or a range, not both");
    list(*axis.find("values"), "'values' of axis " + found.setting);
    for (const auto& [none, value] : axis.find("values")->parts) {
      const std::string text = setting_value(found.setting, value);
      if (std::count(found.values.begin(), found.values.end(), text))
        refuse(value, "axis " + found.setting + " has the value " + text + " twice; remove one");
      found.values.push_back(text);
    }
    return found;
  }
  void check_axis_name(const std::string& setting, const LinedJson& where) const {
    at(where, [&] {
      const std::string why = no_axis_reason(setting_info(setting).key);
      if (!why.empty()) throw InputError("setting " + setting + " can be no axis: " + why);
    });
  }
  /// A number of a range, as text; whole if the setting is.
  std::string in_range(const LinedJson& axis, const SweepAxis& found, double number) const {
    LinedJson value;
    value.kind = Kind::Number;
    value.line = axis.line;
    value.number = setting_info(found.setting).kind == SettingKind::Integer ? std::round(number) : number;
    return setting_value(found.setting, value);
  }
  std::vector<double> range_of(const LinedJson& axis, const std::string& setting) const {
    const SettingInfo& info = setting_info(setting);
    if (info.kind != SettingKind::Number && info.kind != SettingKind::Integer)
      refuse(axis, "axis " + setting + " needs 'values': it is no number");
    const std::string what = "axis " + setting;
    const double from =
        number_of(member(axis, "from", what + " without 'values'"), "'from'", info.min, info.max);
    const double to = number_of(member(axis, "to", what), "'to'", info.min, info.max);
    const int64_t count = integer_of(member(axis, "count", what), "'count'", 2, kMostSweepRuns);
    bool log = info.logarithmic;
    if (const auto* scale = axis.find("scale")) {
      const std::string name = text_of(*scale, "'scale'");
      if (name != "log" && name != "linear") refuse(*scale, "'scale' must be \"log\" or \"linear\"");
      log = name == "log";
    }
    std::vector<double> values;
    at(axis, [&] { values = spaced_values(from, to, count, log); });
    return values;
  }
  void read_table(const LinedJson& table) {
    list(table, "'table'");
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
  void read_budget(const LinedJson& budget) {
    known(budget, "'budget'", {"seconds", "steps", "epochs"});
    if (budget.parts.size() > 1) refuse(budget, "a budget has only one of seconds, steps and epochs");
    if (const auto* given = budget.find("seconds"))
      plan_.budget.seconds = number_of(*given, "'seconds'", kLeastSeconds, kMostSeconds);
    if (const auto* given = budget.find("steps"))
      plan_.budget.steps = integer_of(*given, "'steps'", 1, kMostSteps);
    if (const auto* given = budget.find("epochs"))
      plan_.budget.epochs = number_of(*given, "'epochs'", kLeastEpochs, kMostEpochs);
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

ordered_json combinations_json(const SweepPlan& plan) {
  ordered_json list = ordered_json::array();
  if (plan.table.empty()) {
    for (const auto& axis : plan.axes) {
      ordered_json values = ordered_json::array();
      for (const auto& value : axis.values) values.push_back(value_json(axis.setting, value));
      list.push_back({{"setting", axis.setting}, {"values", values}});
    }
    return list;
  }
  for (const auto& point : plan.table) {
    ordered_json row = ordered_json::object();
    for (size_t i = 0; i < plan.axes.size(); ++i)
      row[plan.axes[i].setting] = value_json(plan.axes[i].setting, plan.axes[i].values[point[i]]);
    list.push_back(row);
  }
  return list;
}

ordered_json budget_json(const Budget& budget) {
  ordered_json json = ordered_json::object();
  if (budget.seconds > 0) json["seconds"] = budget.seconds;
  if (budget.steps > 0) json["steps"] = budget.steps;
  if (budget.epochs > 0) json["epochs"] = budget.epochs;
  return json;
}

}  // namespace

SweepPlan parse_sweep_plan(const std::string& text, const std::string& file) {
  return PlanReader(file).read(parse_lined_json(typed_text(text, file), file));
}

std::string sweep_plan_text(const SweepPlan& plan) {
  ordered_json settings = ordered_json::object();
  for (const auto& [key, value] : plan.settings) settings[key] = value_json(key, value);
  ordered_json json{{"name", plan.name}, {"preset", plan.preset}, {"settings", settings}};
  if (!plan.axes.empty()) json[plan.table.empty() ? "axes" : "table"] = combinations_json(plan);
  json["seeds"] = plan.seeds;
  json["budget"] = budget_json(plan.budget);
  json["median_rule"] = plan.median_rule;
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace lf::records
