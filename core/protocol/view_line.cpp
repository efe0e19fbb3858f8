#include "protocol/view_line.h"

#include <algorithm>
#include <functional>

#include "base/classes.h"
#include "base/command_words.h"
#include "base/errors.h"
#include "base/number_text.h"
#include "base/typed_text.h"
#include "config/settings.h"
#include "lab/tools.h"
#include "protocol/commands.h"

namespace lf {
namespace {

constexpr int64_t kMostSelected = 1'000'000;
constexpr const char* kInspect = "inspect.";  ///< before a key of InspectCommand

[[noreturn]] void refuse_pair(const std::string& key, const std::string& value, const std::string& expected) {
  throw InputError("view: " + key + "=" + shown(value) + ": give " + expected);
}

int64_t whole_number(const std::string& key, const std::string& value, int64_t least, int64_t most,
                     const std::string& expected) {
  const auto number = parse_integer(value);
  if (!number || *number < least || *number > most) refuse_pair(key, value, expected);
  return *number;
}

/// Commas separate runs; one inside of a name follows a backslash.
std::vector<std::string> split_runs(const std::string& text) {
  std::vector<std::string> runs;
  std::string name;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      name += text[++i];
    } else if (text[i] == ',') {
      runs.push_back(name);
      name.clear();
    } else {
      name += text[i];
    }
  }
  runs.push_back(name);
  runs.erase(std::remove(runs.begin(), runs.end(), ""), runs.end());
  return runs;
}

std::string joined_runs(const std::vector<std::string>& runs) {
  std::string text;
  for (const std::string& run : runs) {
    if (!text.empty()) text += ',';
    for (const char c : run) text += c == ',' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  }
  return text;
}

using PairReader = std::function<void(ViewLine&, const std::string& value)>;

/// By key, in the order in which they are named in errors.
const std::map<std::string, PairReader>& pair_readers() {
  static const std::map<std::string, PairReader> readers{
      {"page", [](ViewLine& v, const std::string& value) { v.page = value; }},
      {"tool", [](ViewLine& v, const std::string& value) { v.tool = lab_tool(value).id; }},
      {"t",
       [](ViewLine& v, const std::string& value) {
         v.t = parse_number(value);
         if (!v.t || *v.t < 0 || *v.t > 1) refuse_pair("t", value, "a number from 0 to 1");
       }},
      {"step",
       [](ViewLine& v, const std::string& value) {
         v.step =
             value == "now" ? -1 : whole_number("step", value, 0, INT64_MAX, "a step of the flow, or now");
       }},
      {"digit",
       [](ViewLine& v, const std::string& value) {
         const auto digit =
             value == "all" ? -1 : whole_number("digit", value, 0, kClasses - 1, "0 to 9, or all");
         v.digit = static_cast<int>(digit);
       }},
      {"selected",
       [](ViewLine& v, const std::string& value) {
         v.selected = whole_number("selected", value, 0, kMostSelected, "an index, from 0");
       }},
      {"runs", [](ViewLine& v, const std::string& value) { v.runs = split_runs(value); }},
      {"open", [](ViewLine& v, const std::string& value) { v.open = value; }}};
  return readers;
}

/// A key with a dot: a setting of the preview, or a switch of a card.
void read_dotted(ViewLine& view, const std::string& key, const std::string& value) {
  const std::vector<std::string>& settings = view_settings();
  if (std::find(settings.begin(), settings.end(), key) == settings.end()) {
    const std::string inspected = kInspect;
    if (key.rfind(inspected, 0) == 0) {
      view.inspect[key.substr(inspected.size())] = value;
      inspect_command(view.inspect);  // throws for unknown keys and values
      return;
    }
    if (key.rfind("now.", 0) == 0) throw InputError("view: " + key + " is not part of a view");
    view.switches[key] = value;
    return;
  }
  Settings checked;
  checked.set(key, value);
  view.settings[key] = checked.text(key);
}

[[noreturn]] void refuse_key(const std::string& word) {
  std::vector<std::string> known;
  for (const auto& reader : pair_readers()) known.push_back(reader.first);
  throw InputError("view: unexpected '" + shown(word) + "'; known are " + joined_names(known) +
                   ", settings such as preview.seed, and switches of cards such as explore.map.paths");
}

}  // namespace

const std::vector<std::string>& view_settings() {
  static const std::vector<std::string> keys{"preview.solver",   "preview.steps", "preview.digits",
                                             "preview.guidance", "preview.seed",  "preview.weights"};
  return keys;
}

InspectCommand inspect_command(const std::map<std::string, std::string>& inspect) {
  std::string line = "inspect";
  for (const auto& [key, value] : inspect) line += " " + quoted(key + "=" + value);
  return std::get<InspectCommand>(parse_command(line).what);
}

std::map<std::string, std::string> inspect_pairs(const InspectCommand& command) {
  const InspectCommand initial;
  std::map<std::string, std::string> pairs;
  if (command.split != initial.split) pairs["split"] = command.split;
  if (command.order != initial.order) pairs["order"] = command.order;
  if (command.digit != initial.digit) pairs["digit"] = std::to_string(command.digit);
  if (command.offset != initial.offset) pairs["offset"] = std::to_string(command.offset);
  return pairs;
}

bool is_view_line(const std::vector<std::string>& words) {
  return !words.empty() && words.front().find('=') != std::string::npos;
}

ViewLine parse_view_line(const std::vector<std::string>& words) {
  ViewLine view;
  std::vector<std::string> seen;
  for (const std::string& word : words) {
    const size_t equals = word.find('=');
    const std::string key = word.substr(0, equals);
    if (equals == std::string::npos) refuse_key(word);
    if (std::find(seen.begin(), seen.end(), key) != seen.end())
      throw InputError("view: " + key + " is there twice");
    seen.push_back(key);
    const auto reader = pair_readers().find(key);
    if (reader != pair_readers().end())
      reader->second(view, word.substr(equals + 1));
    else if (key.find('.') != std::string::npos)
      read_dotted(view, key, word.substr(equals + 1));
    else
      refuse_key(word);
  }
  return view;
}

std::string format_view_line(const ViewLine& view) {
  std::string line = "view";
  const auto add = [&](const std::string& key, const std::string& value) {
    line += " " + quoted(key + "=" + value);
  };
  if (!view.page.empty()) add("page", view.page);
  if (!view.tool.empty()) add("tool", view.tool);
  if (view.t) add("t", number_text(*view.t));
  if (view.step) add("step", *view.step < 0 ? "now" : std::to_string(*view.step));
  if (view.digit) add("digit", *view.digit < 0 ? "all" : std::to_string(*view.digit));
  if (view.selected) add("selected", std::to_string(*view.selected));
  if (view.runs) add("runs", joined_runs(*view.runs));
  if (!view.open.empty()) add("open", view.open);
  for (const auto& [key, value] : view.settings) add(key, value);
  for (const auto& [key, value] : view.inspect) add(kInspect + key, value);
  for (const auto& [key, value] : view.switches) add(key, value);
  return line;
}

}  // namespace lf
