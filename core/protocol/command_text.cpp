// Commands to text and back: what command_fields.h lists, read, written, and with its paths resolved.
#include <algorithm>
#include <map>
#include <type_traits>

#include "base/classes.h"
#include "base/command_words.h"
#include "base/errors.h"
#include "base/number_text.h"
#include "base/typed_path.h"
#include "config/picture_plan.h"
#include "protocol/command_fields.h"
#include "protocol/command_paths.h"

namespace lf {
namespace {

// ---- Text to commands ----

/// What a class_word may be.
const std::vector<std::string>& class_words() {
  static const std::vector<std::string> words{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "all"};
  return words;
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
  void integer(const char* key, T C::*member, int64_t least, int64_t most, const char*,
               Written = Written::IfSet) {
    command.*member = static_cast<T>(words_.integer(key, command.*member, least, most));
  }
  void number(const char* key, double C::*member, double least, double most, const char*,
              Written = Written::IfSet) {
    command.*member = words_.number(key, command.*member, least, most);
  }
  void seed(const char* key, uint64_t C::*member, const char*) {
    command.*member = words_.seed(key, command.*member);
  }
  void flag(const char* key, bool C::*member, const char*) { command.*member = words_.on(key); }
  void choice(const char* key, std::string C::*member, const std::vector<std::string>& known, const char*,
              Written = Written::IfSet) {
    command.*member = words_.choice(key, known, command.*member);
  }
  void choice_flag(const char* key, bool C::*member, const char* off, const char* on, const char*) {
    command.*member = words_.choice(key, {off, on}, off) == on;
  }
  void class_or_all(const char* key, int C::*member, const char*) {
    const bool all = words_.text(key, "all") == "all";
    command.*member = all ? -1 : static_cast<int>(words_.integer(key, -1, -1, kClasses - 1));
  }
  void class_word(const char* key, std::string C::*member, const char*) {
    command.*member = words_.choice(key, class_words(), command.*member);
  }
  void text(const char* key, std::string C::*member, const char*) {
    command.*member = words_.text(key, command.*member);
  }
  void path(const char* key, std::string C::*member, const char* meaning) { text(key, member, meaning); }
  void pictures(const char* key, std::string C::*member, const char* meaning) {
    text(key, member, meaning);
    parse_picture_plan(command.*member);  // kept as written, if it can be read
  }
  void preset(const char* key, std::string C::*member, const char* meaning) {
    text(key, member, meaning);
    if (!(command.*member).empty()) preset_info(command.*member);  // throws for unknown names
  }
  void budget(Budget C::*member) {
    FieldReader<Budget> limits(words_);
    CommandFields<Budget>::list(limits);
    if (limits.command.given() > 1)
      throw InputError("a budget is one of seconds, steps, epochs and until-fd; give one of them");
    command.*member = limits.command;
  }
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
                              std::string C::*tool, const char* meaning) {
    if (!has_argument(lab_tool(command.*tool), key)) number(key, member, least, most, meaning);
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

template <class C>
class FieldWriter {
 public:
  /// `begin` is what stands before the fields: the verb.
  explicit FieldWriter(const C& command, std::string begin) : command_(command), line_(std::move(begin)) {}

  std::string take() { return std::move(line_); }

  template <class T>
  void integer(const char* key, T C::*member, int64_t, int64_t, const char*,
               Written written = Written::IfSet) {
    add(key, member, written, std::to_string(command_.*member));
  }
  void number(const char* key, double C::*member, double, double, const char*,
              Written written = Written::IfSet) {
    add(key, member, written, number_text(command_.*member));
  }
  void seed(const char* key, uint64_t C::*member, const char*) {
    add(key, member, Written::Always, std::to_string(command_.*member));
  }
  void flag(const char* key, bool C::*member, const char*) { add(key, member, Written::IfSet, "on"); }
  void choice(const char* key, std::string C::*member, const std::vector<std::string>&, const char*,
              Written written = Written::IfSet) {
    add(key, member, written, command_.*member);
  }
  void choice_flag(const char* key, bool C::*member, const char*, const char* on, const char*) {
    add(key, member, Written::IfSet, on);
  }
  void class_or_all(const char* key, int C::*member, const char*) {
    const int digit = command_.*member;
    add(key, member, Written::Always, digit < 0 ? "all" : std::to_string(digit));
  }
  void class_word(const char* key, std::string C::*member, const char* meaning) {
    text(key, member, meaning);
  }
  void text(const char* key, std::string C::*member, const char*) {
    add(key, member, Written::IfSet, command_.*member);
  }
  void path(const char* key, std::string C::*member, const char* meaning) { text(key, member, meaning); }
  void pictures(const char* key, std::string C::*member, const char* meaning) { text(key, member, meaning); }
  void preset(const char* key, std::string C::*member, const char* meaning) { text(key, member, meaning); }
  void budget(Budget C::*member) {
    FieldWriter<Budget> limits(command_.*member, "");
    CommandFields<Budget>::list(limits);
    line_ += limits.take();
  }
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
                              std::string C::*tool, const char* meaning) {
    if (!has_argument(lab_tool(command_.*tool), key))
      number(key, member, least, most, meaning, Written::Always);
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
class PathResolver : public IgnoredFields<C> {
 public:
  explicit PathResolver(C& command) : command_(command) {}

  void path(const char*, std::string C::*member, const char*) { resolve(member); }
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
        FieldWriter<C> writer(what, CommandFields<C>::verb.word);
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
