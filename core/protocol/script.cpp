#include "protocol/script.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "base/command_words.h"
#include "base/errors.h"
#include "base/number_text.h"
#include "base/output_name.h"
#include "base/typed_path.h"
#include "base/typed_text.h"
#include "base/utf8.h"
#include "protocol/view_line.h"

namespace lf {
namespace {

constexpr const char* kSpaces = " \t\r\v\f";

/// How the arguments of a verb of the view are checked.
enum class Arguments { None, Text, Picture, Number, OnOff, KeyAndValue };

struct ViewVerb {
  Arguments arguments = Arguments::None;
  double min = 0, max = 0;  ///< of a Number
};

const std::map<std::string, ViewVerb>& view_verbs() {
  static const std::map<std::string, ViewVerb> verbs{{"page", {Arguments::Text}},
                                                     {"t", {Arguments::Number, 0, 1}},
                                                     {"play", {}},
                                                     {"stop", {}},
                                                     {"loop", {Arguments::OnOff}},
                                                     {"speed", {Arguments::Number, 0.01, 100}},
                                                     {"theme", {Arguments::Text}},
                                                     {"font", {Arguments::Number, 0.25, 4}},
                                                     {"screenshot", {Arguments::Picture}},
                                                     {"picture", {Arguments::Picture}},
                                                     {"select", {Arguments::Number, 0, 1e6}},
                                                     {"view", {Arguments::KeyAndValue}}};
  return verbs;
}

size_t argument_count(Arguments arguments) {
  if (arguments == Arguments::None) return 0;
  return arguments == Arguments::KeyAndValue ? 2 : 1;
}

ViewAction parse_view(const ViewVerb& verb, const std::vector<std::string>& words) {
  ViewAction action{words.front(), {words.begin() + 1, words.end()}};
  if (verb.arguments == Arguments::KeyAndValue && is_view_line(action.arguments)) {
    parse_view_line(action.arguments);  // throws for a wrong word before anything runs
    return action;
  }
  const size_t count = argument_count(verb.arguments);
  if (action.arguments.size() < count) throw InputError(action.verb + " needs a value");
  if (action.arguments.size() > count) {
    throw InputError(action.verb + ": unexpected word '" + action.arguments[count] + "'");
  }
  if (verb.arguments == Arguments::Picture) {
    action.arguments[0] = typed_path(action.arguments[0]);
    require_ending(action.verb, action.arguments[0], {".png"});
  }
  if (verb.arguments == Arguments::OnOff && action.arguments[0] != "on" && action.arguments[0] != "off") {
    throw InputError(action.verb + " " + action.arguments[0] + ": give on or off");
  }
  if (verb.arguments == Arguments::Number) {
    const auto value = parse_number(action.arguments[0]);
    if (!value || *value < verb.min || *value > verb.max) {
      throw InputError(action.verb + " " + action.arguments[0] + ": give a number from " +
                       number_text(verb.min) + " to " + number_text(verb.max));
    }
  }
  return action;
}

/// "" means "not known yet": no condition on it is true.
std::string known_if(bool known, double value) { return known ? number_text(value) : ""; }

std::string fd_text(const Snapshot& s) {
  if (s.quality->full.valid) return number_text(s.quality->full.fd);
  return known_if(s.quality->live.valid, s.quality->live.fd);
}

using Reader = std::function<std::string(const Snapshot&)>;

const std::map<std::string, Reader>& value_readers() {
  static const std::map<std::string, Reader> readers{
      {"phase", [](const Snapshot& s) { return std::string(phase_name(s.run->phase)); }},
      {"running", [](const Snapshot& s) { return std::string(s.run->running ? "1" : "0"); }},
      {"seconds", [](const Snapshot& s) { return number_text(s.run->seconds); }},
      {"loss", [](const Snapshot& s) { return known_if(s.run->step > 0, s.run->loss); }},
      {"flow.step", [](const Snapshot& s) { return std::to_string(s.run->flow_step); }},
      {"autoencoder.step", [](const Snapshot& s) { return std::to_string(s.run->autoencoder_step); }},
      {"fd", fd_text},
      {"jobs", [](const Snapshot& s) { return std::string(s.job->active ? "1" : "0"); }},
      {"results", [](const Snapshot& s) { return std::to_string(s.results->results.size()); }},
      {"saves", [](const Snapshot& s) { return std::to_string(s.notice->saves); }},
      {"errors", [](const Snapshot& s) { return std::to_string(s.notice->errors); }},
      {"lab",
       [](const Snapshot& s) {
         return known_if(!s.lab->tool.empty(), s.lab->complete ? 1 : s.lab->progress);
       }},
      {"preview", [](const Snapshot& s) { return std::to_string(s.flow->version); }},
  };
  return readers;
}

std::vector<std::string> phase_names() {
  std::vector<std::string> names;
  for (int p = 0; p <= static_cast<int>(Phase::Failed); ++p)
    names.push_back(phase_name(static_cast<Phase>(p)));
  return names;
}

/// A phase is a word and can only be equal or not; everything else is a number.
void check_condition(const WaitAction& wait) {
  const std::vector<std::string> comparisons{"=", "==", "!=", "<", "<=", ">", ">="};
  if (std::find(comparisons.begin(), comparisons.end(), wait.comparison) == comparisons.end()) {
    throw InputError("unknown comparison '" + wait.comparison + "'; known are " + joined_names(comparisons));
  }
  script_value(wait.name, Snapshot{});  // throws for unknown names
  if (wait.name != "phase") {
    if (!parse_number(wait.value)) throw InputError("'" + wait.value + "' is not a number");
    return;
  }
  const auto phases = phase_names();
  if (wait.comparison.find_first_of("<>") != std::string::npos) {
    throw InputError("phase can be compared with = and != only");
  }
  if (std::find(phases.begin(), phases.end(), wait.value) == phases.end()) {
    throw InputError("unknown phase '" + wait.value + "'; known are " + joined_names(phases));
  }
}

WaitAction parse_wait(const std::vector<std::string>& words) {
  std::string condition;
  for (size_t i = 1; i < words.size(); ++i) condition += words[i];
  const auto start = condition.find_first_of("<>=!");
  WaitAction wait;
  if (start == std::string::npos) {
    const auto seconds = parse_number(condition);
    if (!seconds || *seconds < 0) {
      throw InputError("wait needs seconds or a condition such as flow.step>=100, got '" + condition + "'");
    }
    wait.seconds = *seconds;
    return wait;
  }
  const auto stop = std::min(condition.find_first_not_of("<>=!", start), condition.size());
  wait.name = condition.substr(0, start);
  wait.comparison = condition.substr(start, stop - start);
  wait.value = condition.substr(stop);
  check_condition(wait);
  return wait;
}

/// The line up to a '#' that begins a word outside quotes, without spaces around it.
std::string without_comment(const std::string& line) {
  bool in_quotes = false, word_start = true;
  size_t end = line.size();
  for (size_t i = 0; i < end; ++i) {
    if (in_quotes && line[i] == '\\') {
      ++i;
      continue;
    }
    if (line[i] == '"') in_quotes = !in_quotes;
    if (line[i] == '#' && !in_quotes && word_start) end = i;
    word_start = std::strchr(kSpaces, line[i]) != nullptr;
  }
  const auto first = line.find_first_not_of(kSpaces);
  if (first >= end) return "";
  const auto last = line.find_last_not_of(kSpaces, end - 1);
  return line.substr(first, last - first + 1);
}

/// Addition to the error of a line that is not UTF-8.
std::string encoding_hint(const std::string& line) {
  return valid_utf8(line) == line ? "" : " (the line is not UTF-8; save the script as UTF-8)";
}

ScriptLine parse_line(const std::string& line, int number) {
  const auto words = split_words(line);
  ScriptLine result{number, line, WaitAction{}};
  const auto& verb = words.front();
  const auto view = view_verbs().find(verb);
  if (verb == "wait") {
    result.action = parse_wait(words);
  } else if (view != view_verbs().end()) {
    result.action = parse_view(view->second, words);
  } else if (is_command_word(verb)) {
    result.action = parse_command(line);
  } else {
    std::vector<std::string> known{"wait"};
    for (const auto& entry : view_verbs()) known.push_back(entry.first);
    for (const auto& word : command_words()) known.push_back(word);
    throw InputError("unknown word '" + shown(verb) + "'; known are " + joined_names(known));
  }
  return result;
}

}  // namespace

std::string read_script_file(const std::string& path) {
  constexpr size_t kMostBytes = 16 << 20, kPiece = 64 << 10;
  // Read in pieces, not by its size: a script may come from a pipe.
  std::ifstream file(path, std::ios::binary);
  std::string text, piece(kPiece, '\0');
  while (file && text.size() <= kMostBytes) {
    file.read(piece.data(), kPiece);
    text.append(piece, 0, static_cast<size_t>(file.gcount()));
  }
  if (text.size() > kMostBytes)
    throw InputError("script " + path + ": it is larger than 16 MiB; name a text file");
  if (!file.eof()) throw InputError("script " + path + ": cannot be read; name an existing text file");
  return text;
}

std::vector<ScriptLine> parse_script(const std::string& text, const std::string& name, int first) {
  std::vector<ScriptLine> lines;
  std::istringstream input(typed_text(text, name));
  std::string line;
  for (int number = first; std::getline(input, line); ++number) {
    try {
      const auto content = without_comment(plain_spaces(line));
      if (content.empty()) continue;
      refuse_typographic_quotes(content);
      lines.push_back(parse_line(content, number));
    } catch (const InputError& error) {
      throw InputError(name + ":" + std::to_string(number) + ": " + error.what() + encoding_hint(line));
    }
  }
  return lines;
}

std::string script_value(const std::string& name, const Snapshot& snapshot) {
  const auto found = value_readers().find(name);
  if (found != value_readers().end()) return found->second(snapshot);
  std::vector<std::string> known;
  for (const auto& entry : value_readers()) known.push_back(entry.first);
  throw InputError("cannot wait for '" + name + "'; known are " + joined_names(known));
}

bool wait_satisfied(const WaitAction& wait, const Snapshot& snapshot) {
  if (wait.name.empty()) return true;
  // The requested work has not started: the values still belong to the previous model.
  if (snapshot.run->commands_waiting > 0) return false;
  const std::string now = script_value(wait.name, snapshot);
  if (now.empty()) return false;
  const auto a = parse_number(now), b = parse_number(wait.value);
  const int order = a && b ? (*a > *b) - (*a < *b) : now.compare(wait.value);
  if (wait.comparison == "=" || wait.comparison == "==") return order == 0;
  if (wait.comparison == "!=") return order != 0;
  if (wait.comparison == "<") return order < 0;
  if (wait.comparison == "<=") return order <= 0;
  if (wait.comparison == ">") return order > 0;
  return order >= 0;
}

}  // namespace lf
