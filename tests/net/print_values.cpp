// Prints as JSON what a refactoring must not change: commands and script lines through text and
// back, settings, presets, the arguments of the lab tools, and the snapshot of every fake.
// tools/safety_net.py compares it with the output of an older build. Values under "wording" may
// change.
#include <cstdio>
#include <set>
#include <sstream>

#include "base/errors.h"
#include "fake_snapshots.h"
#include "lab/table.h"
#include "lab/tools.h"
#include "line_examples.h"
#include "protocol/script.h"
#include "snapshot_fields.h"

namespace lf::net {
namespace {

std::string first_word(const std::string& line) { return split_words(line).front(); }

/// The names that end an error's text: "…; known are a, b, c".
std::vector<std::string> names_known_by(const std::string& error) {
  const std::string before = "known are ";
  std::string names = error.substr(error.find(before) + before.size());
  std::vector<std::string> result;
  while (!names.empty()) result.push_back(take_name(names));
  return result;
}

template <class Action>
std::vector<std::string> names_known(const Action& asks_for_none) {
  try {
    asks_for_none();
  } catch (const InputError& error) {
    return names_known_by(error.what());
  }
  throw RunError("a name that nothing has was taken");
}

std::vector<std::string> script_words() {
  return names_known([] { parse_script("no-such-verb", "s"); });
}

std::vector<std::string> wait_names() {
  return names_known([] { script_value("no-such-name", Snapshot{}); });
}

/// Verbs without an example: the net would not notice their changes.
void require_examples(const std::vector<std::string>& words) {
  std::set<std::string> used{"lab"};  // one for each tool, made of the table
  for (const auto* lines : {&command_lines(), &view_lines()})
    for (const auto& line : *lines) used.insert(first_word(line));
  for (const auto& word : words)
    if (used.count(word) == 0) throw RunError("add a line for '" + word + "' to tests/net/line_examples.h");
}

std::string through_text(const std::string& line) {
  const std::string text = format_command(parse_command(line));
  const std::string again = format_command(parse_command(text));
  if (text != again) throw RunError("'" + text + "' comes back as '" + again + "'");
  return text;
}

json commands() {
  json result = json::object();
  for (const auto& line : command_lines()) result[line] = through_text(line);
  return result;
}

json printed(const ScriptLine& line) {
  json result{{"line", line.number}, {"text", line.text}};
  if (const auto* command = std::get_if<Command>(&line.action)) result["command"] = format_command(*command);
  if (const auto* view = std::get_if<ViewAction>(&line.action))
    result["view"] = {{"verb", view->verb}, {"arguments", view->arguments}};
  if (const auto* wait = std::get_if<WaitAction>(&line.action))
    result["wait"] =
        named("seconds, name, comparison, value", wait->seconds, wait->name, wait->comparison, wait->value);
  return result;
}

/// Each line on its own, and all of them as one script.
json script_lines() {
  json result = json::object();
  std::string all = "# a session\n\n";
  for (const auto* lines : {&view_lines(), &command_lines()}) {
    for (const auto& line : *lines) {
      result[line] = printed(parse_script(line, "s").at(0));
      all += line + "\r\n";
    }
  }
  result["number of lines of all"] = parse_script(all, "s").size();
  return result;
}

json known_words() {
  json result{{"commands", json::object()}, {"script", json::object()}, {"wait", json::object()}};
  for (const auto& word : command_words()) result["commands"][word] = true;
  for (const auto& word : script_words()) result["script"][word] = true;
  for (const auto& name : wait_names()) result["wait"][name] = true;
  return result;
}

json setting(const SettingInfo& info) {
  json presets = json::object();
  for (const auto& preset : preset_table()) presets[preset.name] = Settings(preset.name).text(info.key);
  return {{"kind", static_cast<int>(info.kind)},
          {"default", info.initial},
          {"min", number(info.min)},
          {"max", number(info.max)},
          {"unit", info.unit},
          {"choices", info.choices},
          {"logarithmic", info.logarithmic},
          {"live", info.live},
          {"presets", presets},
          {"wording", {{"label", info.label}, {"group", info.group}, {"meaning", info.meaning}}}};
}

json settings() {
  json result = json::object();
  for (const auto& info : setting_table()) result[info.key] = setting(info);
  return result;
}

json presets() {
  json result = json::object();
  for (const auto& info : preset_table())
    result[info.name] = {{"values", Settings(info.name).all()},
                         {"wording", {{"label", info.label}, {"meaning", info.meaning}}}};
  return result;
}

json argument(const LabArgument& a) {
  return {{"kind", static_cast<int>(a.kind)},
          {"default", a.initial},
          {"min", number(a.low)},
          {"max", number(a.high)},
          {"choices", a.choices}};
}

/// A tool with its arguments, and its command with each of them at its default.
json lab_tool_json(const LabToolInfo& tool) {
  json arguments = json::object();
  std::string line = std::string("lab ") + tool.id;
  for (const auto& a : tool.arguments) {
    arguments[a.key] = argument(a);
    line += " " + quoted(std::string(a.key) + "=" + a.initial);
  }
  return {{"page", tool.page},
          {"arguments", arguments},
          {"command", through_text(line)},
          {"plain command", through_text(std::string("lab ") + tool.id)},
          {"wording", {{"name", tool.name}, {"question", tool.question}, {"tooltip", tool.tooltip}}}};
}

json lab() {
  json result = json::object();
  for (const auto& tool : lab_tools()) result[tool.id] = lab_tool_json(tool);
  return result;
}

/// The numbers that `export F.csv` writes: their header, and a checksum of all rows.
json lab_export(const LabBlock& block) {
  try {
    const LabTable table = lab_table(block);
    const std::string csv = table.csv();
    Checksum sum;
    sum.add(csv.data(), csv.size());
    return {{"header", csv.substr(0, csv.find('\n'))}, {"rows", table.rows()}, {"sum", sum.text()}};
  } catch (const InputError&) {
    return nullptr;
  }
}

json snapshots() {
  json result = json::object();
  for (const auto& state : fake_states()) {
    const Snapshot snapshot = fake_snapshot(state);
    json waits = json::object();
    for (const auto& name : wait_names()) waits[name] = script_value(name, snapshot);
    result[state] = {{"blocks", value(snapshot)}, {"lab export", lab_export(*snapshot.lab)}, {"wait", waits}};
  }
  return result;
}

int print() {
  require_examples(script_words());
  const json all{{"words", known_words()},  {"commands", commands()}, {"script lines", script_lines()},
                 {"settings", settings()},  {"presets", presets()},   {"lab", lab()},
                 {"snapshots", snapshots()}};
  std::puts(all.dump(1).c_str());
  return 0;
}

}  // namespace
}  // namespace lf::net

int main() {
  try {
    return lf::net::print();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "net_values: %s\n", error.what());
    return 1;
  }
}
