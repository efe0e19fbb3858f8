// Commands to text and back: what command_fields.h lists, read, written, and with its paths resolved.
#include <algorithm>
#include <map>
#include <type_traits>

#include "base/classes.h"
#include "base/command_words.h"
#include "base/number_text.h"
#include "base/typed_path.h"
#include "protocol/command_fields.h"
#include "protocol/command_paths.h"

namespace lf {
namespace {

// ---- Text to commands ----

Budget read_budget(CommandWords& words) {
  Budget budget;
  budget.seconds = words.number("seconds", 0, kLeastSeconds, kMostSeconds);
  budget.steps = words.integer("steps", 0, 1, kMostSteps);
  budget.epochs = words.number("epochs", 0, kLeastEpochs, kMostEpochs);
  budget.until_fd = words.number("until-fd", 0, kLeastFd, kMostFd);
  if (budget.given() > 1)
    throw InputError("a budget is one of seconds, steps, epochs and until-fd; give one of them");
  return budget;
}

/// Fills a command from the words of its line. Throws InputError.
template <class C>
class FieldReader {
 public:
  explicit FieldReader(CommandWords& words) : words_(words) {}

  C command;
  /// Words without a key that the fields have taken.
  size_t bare_words() const { return bare_; }

  template <class T>
  void integer(const char* key, T C::*member, int64_t least, int64_t most, Written = Written::IfSet) {
    command.*member = static_cast<T>(words_.integer(key, command.*member, least, most));
  }
  void number(const char* key, double C::*member, double least, double most, Written = Written::IfSet) {
    command.*member = words_.number(key, command.*member, least, most);
  }
  void seed(const char* key, uint64_t C::*member) { command.*member = words_.seed(key, command.*member); }
  void flag(const char* key, bool C::*member) { command.*member = words_.on(key); }
  void choice(const char* key, std::string C::*member, const std::vector<std::string>& known,
              Written = Written::IfSet) {
    command.*member = words_.choice(key, known, command.*member);
  }
  void choice_flag(const char* key, bool C::*member, const char* off, const char* on) {
    command.*member = words_.choice(key, {off, on}, off) == on;
  }
  void class_or_all(const char* key, int C::*member) {
    const bool all = words_.text(key, "all") == "all";
    command.*member = all ? -1 : static_cast<int>(words_.integer(key, -1, -1, kClasses - 1));
  }
  void text(const char* key, std::string C::*member) { command.*member = words_.text(key, command.*member); }
  void path(const char* key, std::string C::*member) { text(key, member); }
  void pictures(const char* key, std::string C::*member) {
    text(key, member);
    parse_picture_plan(command.*member);  // kept as written, if it can be read
  }
  void preset(const char* key, std::string C::*member) {
    text(key, member);
    if (!(command.*member).empty()) preset_info(command.*member);  // throws for unknown names
  }
  void budget(Budget C::*member) { command.*member = read_budget(words_); }
  void word(std::string C::*member, const char* what) { command.*member = words_.required(bare_++, what); }
  void path_word(std::string C::*member, const char* what) { word(member, what); }
  void optional_path_word(std::string C::*member, Written = Written::IfSet) {
    command.*member = words_.bare(bare_++);
  }
  void words(std::vector<std::string> C::*member) {
    command.*member = words_.all_bare();
    bare_ = words_.bare_count();
  }
  void tool(std::string C::*member) { command.*member = lab_tool(words_.required(bare_++, "a tool")).id; }
  void tool_or_off(std::string C::*member) {
    const std::string tool = words_.required(bare_++, "a tool or off");
    if (tool != "off") command.*member = lab_tool(tool).id;
  }
  void arguments(std::string C::*tool, std::map<std::string, std::string> C::*member,
                 const std::vector<std::string>& others) {
    if ((command.*tool).empty()) return;
    const LabToolInfo& info = lab_tool(command.*tool);
    for (const auto& [key, value] : words_.all_named()) {
      const bool other = std::find(others.begin(), others.end(), key) != others.end();
      if (!other || has_argument(info, key)) (command.*member)[key] = value;
    }
    lab_arguments(info, command.*member);  // throws for unknown ones
  }
  void number_unless_argument(const char* key, double C::*member, double least, double most,
                              std::string C::*tool) {
    if (!has_argument(lab_tool(command.*tool), key)) number(key, member, least, most);
  }

 private:
  CommandWords& words_;
  size_t bare_ = 0;
};

/// Calls CommandFields<C>::check where there is one.
template <class C>
auto check_fields(C& command, int) -> decltype(CommandFields<C>::check(command)) {
  CommandFields<C>::check(command);
}
template <class C>
void check_fields(C&, long) {}

template <class C>
Command read_command(CommandWords& words) {
  FieldReader<C> reader(words);
  CommandFields<C>::list(reader);
  words.expect_all_used(reader.bare_words());
  check_fields(reader.command, 0);
  return std::move(reader.command);
}

struct LineReader {
  size_t path_words;
  Command (*read)(CommandWords& words);
};

/// By the word that begins a line: one for each alternative of CommandVariant.
template <class... C>
std::map<std::string, LineReader> make_readers(const std::variant<C...>*) {
  return {{CommandFields<C>::verb.word, {CommandFields<C>::verb.path_words, read_command<C>}}...};
}

const std::map<std::string, LineReader>& readers() {
  static const auto table = make_readers(static_cast<const CommandVariant*>(nullptr));
  return table;
}

// ---- Commands to text ----

std::string budget_text(const Budget& budget) {
  std::string text;
  if (budget.seconds > 0) text += " seconds=" + number_text(budget.seconds);
  if (budget.steps > 0) text += " steps=" + std::to_string(budget.steps);
  if (budget.epochs > 0) text += " epochs=" + number_text(budget.epochs);
  if (budget.until_fd > 0) text += " until-fd=" + number_text(budget.until_fd);
  return text;
}

template <class C>
class FieldWriter {
 public:
  explicit FieldWriter(const C& command) : command_(command), line_(CommandFields<C>::verb.word) {}

  std::string take() { return std::move(line_); }

  template <class T>
  void integer(const char* key, T C::*member, int64_t, int64_t, Written written = Written::IfSet) {
    add(key, member, written, std::to_string(command_.*member));
  }
  void number(const char* key, double C::*member, double, double, Written written = Written::IfSet) {
    add(key, member, written, number_text(command_.*member));
  }
  void seed(const char* key, uint64_t C::*member) {
    add(key, member, Written::Always, std::to_string(command_.*member));
  }
  void flag(const char* key, bool C::*member) { add(key, member, Written::IfSet, "on"); }
  void choice(const char* key, std::string C::*member, const std::vector<std::string>&,
              Written written = Written::IfSet) {
    add(key, member, written, command_.*member);
  }
  void choice_flag(const char* key, bool C::*member, const char*, const char* on) {
    add(key, member, Written::IfSet, on);
  }
  void class_or_all(const char* key, int C::*member) {
    const int digit = command_.*member;
    add(key, member, Written::Always, digit < 0 ? "all" : std::to_string(digit));
  }
  void text(const char* key, std::string C::*member) { add(key, member, Written::IfSet, command_.*member); }
  void path(const char* key, std::string C::*member) { text(key, member); }
  void pictures(const char* key, std::string C::*member) { text(key, member); }
  void preset(const char* key, std::string C::*member) { text(key, member); }
  void budget(Budget C::*member) { line_ += budget_text(command_.*member); }
  void word(std::string C::*member, const char*) { line_ += " " + quoted(command_.*member); }
  void path_word(std::string C::*member, const char* what) { word(member, what); }
  void optional_path_word(std::string C::*member, Written written = Written::IfSet) {
    if (written == Written::Always || !(command_.*member).empty()) word(member, "");
  }
  void words(std::vector<std::string> C::*member) {
    for (const auto& each : command_.*member) line_ += " " + quoted(each);
  }
  void tool(std::string C::*member) { word(member, ""); }
  void tool_or_off(std::string C::*member) {
    line_ += (command_.*member).empty() ? " off" : " " + quoted(command_.*member);
  }
  void arguments(std::string C::*, std::map<std::string, std::string> C::*member,
                 const std::vector<std::string>&) {
    for (const auto& [key, value] : command_.*member) line_ += " " + quoted(key + "=" + value);
  }
  void number_unless_argument(const char* key, double C::*member, double least, double most,
                              std::string C::*tool) {
    if (!has_argument(lab_tool(command_.*tool), key)) number(key, member, least, most, Written::Always);
  }

 private:
  /// Adds " key=value"; an empty value is what a missing one means.
  template <class T>
  void add(const char* key, T C::*member, Written written, const std::string& value) {
    const bool is_set = !(command_.*member == fresh_.*member);
    if ((written == Written::Always || is_set) && !value.empty())
      line_ += " " + quoted(std::string(key) + "=" + value);
  }

  const C& command_;
  const C fresh_{};
  std::string line_;
};

// ---- Paths ----

/// Reads every path of a command as a person means it; leaves the other fields alone.
template <class C>
class PathResolver {
 public:
  explicit PathResolver(C& command) : command_(command) {}

  template <class T>
  void integer(const char*, T C::*, int64_t, int64_t, Written = Written::IfSet) {}
  void number(const char*, double C::*, double, double, Written = Written::IfSet) {}
  void seed(const char*, uint64_t C::*) {}
  void flag(const char*, bool C::*) {}
  void choice(const char*, std::string C::*, const std::vector<std::string>&, Written = Written::IfSet) {}
  void choice_flag(const char*, bool C::*, const char*, const char*) {}
  void class_or_all(const char*, int C::*) {}
  void text(const char*, std::string C::*) {}
  void pictures(const char*, std::string C::*) {}
  void preset(const char*, std::string C::*) {}
  void budget(Budget C::*) {}
  void word(std::string C::*, const char*) {}
  void words(std::vector<std::string> C::*) {}
  void tool(std::string C::*) {}
  void tool_or_off(std::string C::*) {}
  void arguments(std::string C::*, std::map<std::string, std::string> C::*, const std::vector<std::string>&) {
  }
  void number_unless_argument(const char*, double C::*, double, double, std::string C::*) {}

  void path(const char*, std::string C::*member) { resolve(member); }
  void path_word(std::string C::*member, const char*) { resolve(member); }
  void optional_path_word(std::string C::*member, Written = Written::IfSet) { resolve(member); }

 private:
  void resolve(std::string C::*member) { command_.*member = typed_path(command_.*member); }

  C& command_;
};

}  // namespace

std::string format_command(const Command& command) {
  return std::visit(
      [](const auto& what) {
        using C = std::decay_t<decltype(what)>;
        FieldWriter<C> writer(what);
        CommandFields<C>::list(writer);
        return writer.take();
      },
      command.what);
}

Command with_typed_paths(Command command) {
  std::visit(
      [](auto& what) {
        using C = std::decay_t<decltype(what)>;
        PathResolver<C> resolver(what);
        CommandFields<C>::list(resolver);
      },
      command.what);
  return command;
}

std::vector<std::string> command_words() {
  std::vector<std::string> words;
  for (const auto& entry : readers()) words.push_back(entry.first);
  return words;
}

bool is_command_word(const std::string& word) { return readers().count(word) > 0; }

Command parse_command(const std::string& line) {
  auto words = split_words(line);
  if (words.empty()) throw InputError("empty command line; known are " + joined_names(command_words()));
  const std::string verb = words.front();
  words.erase(words.begin());
  const auto found = readers().find(verb);
  if (found == readers().end())
    throw InputError("unknown command '" + verb + "'; known are " + joined_names(command_words()));
  CommandWords arguments(verb, words, found->second.path_words);
  return with_typed_paths(found->second.read(arguments));
}

}  // namespace lf
