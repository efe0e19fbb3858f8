#include "panels/sweep/draft.h"

#include <algorithm>

#include "base/errors.h"
#include "base/number_text.h"
#include "protocol/command_limits.h"

namespace lf::app::panels {
namespace {

/// As a text of JSON.
std::string json_text(const std::string& text) {
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') quoted += '\\';
    quoted += letter >= 0 && letter < ' ' ? ' ' : letter;
  }
  return quoted + "\"";
}

/// Members or elements, separated by commas.
std::string json_list(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

void read_budget(const ViewState& view, Budget& budget) {
  const std::string unit = view.text(kDraftUnit, budget_units().front());
  if (unit == "preset") return;
  const std::string text = view.text(kDraftBudget, "300");
  const auto number = parse_number(text);
  const auto refuse = [&](double least, double most) {
    throw InputError("'" + text + "' is no number of " + unit + "; give " + number_text(least) + " to " +
                     number_text(most));
  };
  if (unit == "seconds") {
    if (!number || *number < kLeastSeconds || *number > kMostSeconds) refuse(kLeastSeconds, kMostSeconds);
    budget.seconds = *number;
  } else if (unit == "epochs") {
    if (!number || *number < kLeastEpochs || *number > kMostEpochs) refuse(kLeastEpochs, kMostEpochs);
    budget.epochs = *number;
  } else {
    const auto steps = parse_integer(text);
    if (!steps || *steps < 1 || *steps > kMostSteps) refuse(1, kMostSteps);
    budget.steps = *steps;
  }
}

/// What the settings panel changed, except what is an axis or concerns only the window.
std::map<std::string, std::string> changed_settings(const Settings& settings, const SweepPlan& plan) {
  std::map<std::string, std::string> changed;
  for (const SettingInfo& info : setting_table()) {
    const bool axis = std::any_of(plan.axes.begin(), plan.axes.end(),
                                  [&](const SweepAxis& each) { return each.setting == info.key; });
    const bool left_out =
        axis || info.key == setting_key(&GeneralSettings::seed) || info.key.rfind("preview.", 0) == 0;
    const std::string value = settings.text(info.key);
    if (!left_out && value != settings.preset_text(info.key)) changed[info.key] = value;
  }
  return changed;
}

}  // namespace

std::string axis_key(size_t axis, const char* what) {
  return "sweep.axis" + std::to_string(axis) + "." + what;
}

size_t draft_axis_count(const ViewState& view) {
  size_t count = 0;
  while (count < kDraftAxes && !view.text(axis_key(count, "setting"), "").empty()) ++count;
  return count;
}

void remove_draft_axis(ViewState& view, size_t axis) {
  for (; axis < kDraftAxes; ++axis) {
    for (const char* what : {"setting", "values"})
      view.set(axis_key(axis, what),
               axis + 1 < kDraftAxes ? view.text(axis_key(axis + 1, what), "") : std::string());
  }
}

const std::vector<std::string>& axis_settings() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const SettingInfo& info : setting_table())
      if (info.kind != SettingKind::Path && no_axis_reason(info.key).empty()) all.push_back(info.key);
    return all;
  }();
  return names;
}

const std::vector<std::string>& budget_units() {
  static const std::vector<std::string> units{"steps", "seconds", "epochs", "preset"};
  return units;
}

Draft draft_of(const ViewState& view, const Settings& settings) {
  Draft draft;
  SweepPlan& plan = draft.plan;
  try {
    plan.preset = settings.preset();
    plan.median_rule = view.on(kDraftMedian, true);
    for (size_t i = 0; i < draft_axis_count(view); ++i)
      plan.axes.push_back(typed_axis(view.text(axis_key(i, "setting"), ""),
                                     view.text(axis_key(i, "values"), ""), plan.preset));
    plan.seeds = typed_seeds(view.text(kDraftSeeds, "1 2"));
    read_budget(view, plan.budget);
    plan.settings = changed_settings(settings, plan);
    check_sweep(plan);
    std::string name;
    for (const auto& axis : plan.axes) name += (name.empty() ? "" : " ") + axis.setting;
    plan.name = name.empty() ? "seeds" : name.substr(0, 50);
  } catch (const InputError& error) {
    draft.problem = error.what();
  }
  return draft;
}

std::string plan_text(const SweepPlan& plan) {
  std::vector<std::string> set, seeds;
  for (const auto& [key, value] : plan.settings) set.push_back(json_text(key) + ": " + json_text(value));
  for (const auto& axis : plan.axes) {
    std::vector<std::string> values;
    for (const auto& value : axis.values) values.push_back(json_text(value));
    set.push_back(json_text(axis.setting) + ": [" + json_list(values) + "]");
  }
  for (const int64_t seed : plan.seeds) seeds.push_back(std::to_string(seed));
  std::vector<std::string> parts{"\"name\": " + json_text(plan.name), "\"preset\": " + json_text(plan.preset),
                                 "\"set\": {" + json_list(set) + "}",
                                 "\"seeds\": [" + json_list(seeds) + "]"};
  if (plan.budget.seconds > 0) parts.push_back("\"seconds\": " + number_text(plan.budget.seconds));
  if (plan.budget.steps > 0) parts.push_back("\"steps\": " + std::to_string(plan.budget.steps));
  if (plan.budget.epochs > 0) parts.push_back("\"epochs\": " + number_text(plan.budget.epochs));
  parts.push_back(std::string("\"median_rule\": ") + (plan.median_rule ? "true" : "false"));
  return "{" + json_list(parts) + "}";
}

}  // namespace lf::app::panels
