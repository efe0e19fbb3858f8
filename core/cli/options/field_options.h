// Options that are fields of a command: name, range, default and help come from the command's list
// (protocol/command_fields.h).
#pragma once

#include <CLI/CLI.hpp>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "cli/options/known_values.h"
#include "cli/options/number_options.h"
#include "protocol/command_fields.h"

namespace lf::cli {

/// The meaning of a field as help: {} becomes `initial`, {names} the list of the known names.
std::string help_text(std::string meaning, const std::string& initial,
                      const std::vector<std::string>& names = {});

/// A default as help shows it.
std::string initial_text(const std::string& value);
std::string initial_text(int64_t value);
std::string initial_text(uint64_t value);
std::string initial_text(double value);
/// The known names of a preset.
std::vector<std::string> preset_names();

/// An option that takes one of the known names. Throws InputError that lists them.
CLI::Option* add_choice(CLI::App& app, const std::string& name, std::string& target,
                        const std::vector<std::string>& known, const std::string& help);
/// An option that takes 0 to 9, or all, which is −1. Throws InputError.
CLI::Option* add_class(CLI::App& app, const std::string& name, int& target, const std::string& help);
/// The same, kept as it is written.
CLI::Option* add_class_word(CLI::App& app, const std::string& name, std::string& target,
                            const std::string& help);

/// An option whose help begins by saying what it goes with: "with --reflow: …".
CLI::Option* only_with(const std::string& other, CLI::Option* option);

/// Adds the option of the one field that `member` holds.
template <class C, class T>
class FieldOption : public IgnoredFields<C> {
 public:
  FieldOption(CLI::App& app, C& command, T C::*member, const std::string& name)
      : app_(app), command_(command), member_(member), name_(name) {}

  CLI::Option* added() const { return added_; }

  void integer(const char* key, int64_t C::*member, int64_t least, int64_t most, const char* meaning,
               Written = Written::IfSet) {
    if (is(member))
      added_ = add_integer(app_, name(key), command_.*member, least, most, help(member, meaning));
  }
  void number(const char* key, double C::*member, double least, double most, const char* meaning,
              Written = Written::IfSet) {
    if (is(member))
      added_ = add_number(app_, name(key), command_.*member, least, most, help(member, meaning));
  }
  void number_unless_argument(const char* key, double C::*member, double least, double most, std::string C::*,
                              const char* meaning) {
    number(key, member, least, most, meaning);
  }
  void seed(const char* key, uint64_t C::*member, const char* meaning) {
    if (is(member)) added_ = add_seed(app_, name(key), command_.*member, help(member, meaning));
  }
  void flag(const char* key, bool C::*member, const char* meaning) {
    if (is(member)) added_ = app_.add_flag(name(key), command_.*member, meaning);
  }
  void class_or_all(const char* key, int C::*member, const char* meaning) {
    if (is(member)) added_ = add_class(app_, name(key), command_.*member, meaning);
  }
  void class_word(const char* key, std::string C::*member, const char* meaning) {
    if (is(member)) added_ = add_class_word(app_, name(key), command_.*member, meaning);
  }
  void choice(const char* key, std::string C::*member, const std::vector<std::string>& known,
              const char* meaning, Written = Written::IfSet) {
    if (is(member))
      added_ = add_choice(app_, name(key), command_.*member, known, help(member, meaning, known));
  }
  void text(const char* key, std::string C::*member, const char* meaning) {
    if (is(member)) added_ = app_.add_option(name(key), command_.*member, meaning);
  }
  void path(const char* key, std::string C::*member, const char* meaning) { text(key, member, meaning); }
  void pictures(const char* key, std::string C::*member, const char* meaning) { text(key, member, meaning); }
  void preset(const char* key, std::string C::*member, const char* meaning) {
    if (!is(member)) return;
    text(key, member, help_text(meaning, "", preset_names()).c_str());
    offer(added_, preset_names());
  }

 private:
  template <class M>
  bool is(M C::*member) const {
    if constexpr (std::is_same_v<M, T>) return member == member_;
    return false;
  }
  std::string name(const char* key) const { return name_.empty() ? std::string("--") + key : name_; }
  template <class M>
  std::string help(M C::*member, const char* meaning, const std::vector<std::string>& names = {}) const {
    return help_text(meaning, initial_text(C{}.*member), names);
  }

  CLI::App& app_;
  C& command_;
  T C::*member_;
  std::string name_;
  CLI::Option* added_ = nullptr;
};

/// The options of a subcommand that fill `command`.
template <class C>
class FieldOptions {
 public:
  FieldOptions(CLI::App& app, C& command) : app_(app), command_(command) {}

  /// Adds that of the field in `member`: --key, or `name`.
  template <class T>
  CLI::Option* add(T C::*member, const std::string& name = "") const {
    FieldOption<C, T> field(app_, command_, member, name);
    CommandFields<C>::list(field);
    if (!field.added()) throw std::logic_error("an option of a member that is no field of its command");
    return field.added();
  }

 private:
  CLI::App& app_;
  C& command_;
};

}  // namespace lf::cli
