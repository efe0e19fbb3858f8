#include "cli/options/argument_order.h"

#include <algorithm>
#include <map>

#include "base/assignment.h"
#include "base/command_words.h"
#include "base/errors.h"
#include "cli/options/near_name.h"

namespace lf::cli {
namespace {

using Words = std::vector<std::string>;

constexpr const char* kUnset = "was a shell variable unset?";

[[noreturn]] void refuse(const std::string& text) { throw InputError(text); }

std::vector<const CLI::App*> subcommands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

const CLI::App* find_subcommand(const CLI::App& app, const std::string& name) {
  for (const CLI::App* sub : subcommands_of(app))
    if (sub->get_name() == name) return sub;
  return nullptr;
}

Words option_names(const CLI::App& app) {
  Words names;
  for (const CLI::Option* option : app.get_options())
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

/// The number of plain words that a subcommand takes.
size_t word_places(const CLI::App& sub) {
  size_t places = 0;
  for (const CLI::Option* option : sub.get_options())
    if (option->get_positional()) places += size_t(option->get_items_expected_max());
  return places;
}

bool is_option(const std::string& word) { return word.size() > 1 && word[0] == '-'; }

/// True if there is a dash that a text program made of one or two hyphens, as in "–model".
bool typographic_dash(const std::string& word, size_t at) {
  const std::string first = word.substr(at, 3);
  return first == "\u2010" || first == "\u2011" || first == "\u2012" || first == "\u2013" ||
         first == "\u2014" || first == "\u2015" || first == "\u2212";
}

/// KEY=VALUE: each may come once, and neither side may be empty.
bool is_assignment(const CLI::Option& option) {
  return option.get_type_name().find('=') != std::string::npos;
}

/// An option as given.
struct Given {
  std::string name;  ///< with its dashes
  std::string word;  ///< of a flag: as written
  std::vector<std::string> values;
  bool assignment = false;
};

class Scan {
 public:
  Scan(const CLI::App& app, const Words& words) : app_(app), words_(words) {}

  Words ordered() {
    for (at_ = 0; at_ < words_.size();) take(words_[at_]);
    check_owner();
    check_repeats();
    if (sub_ && plain_.size() > word_places(*sub_))
      refuse("unexpected word '" + plain_[word_places(*sub_)] + "'; see " + help());
    return result();
  }

 private:
  /// The subcommand if known, else the window.
  const CLI::App& owner() const { return sub_ ? *sub_ : app_; }
  std::string owner_name() const { return sub_ ? sub_->get_name() : "the window"; }
  std::string help() const { return "latentflow " + (sub_ ? sub_->get_name() + " " : "") + "--help"; }

  /// The option of this name: of the subcommand, or, if that is not known yet, of any command that
  /// has it.
  const CLI::Option* find(const std::string& name) const {
    if (const CLI::Option* own = owner().get_option_no_throw(name)) return own;
    if (sub_) return nullptr;
    for (const CLI::App* sub : subcommands_of(app_))
      if (const CLI::Option* option = sub->get_option_no_throw(name)) return option;
    return nullptr;
  }

  void take(const std::string& word) {
    ++at_;
    if (only_plain_ || !is_option(word)) return take_plain(word);
    if (word == "--") {
      only_plain_ = true;
    } else {
      take_option(word);
    }
  }

  void take_plain(const std::string& word) {
    size_t dashes = 0;
    while (dashes < word.size() && typographic_dash(word, dashes)) dashes += 3;
    if (dashes > 0 && !only_plain_)
      refuse("'" + word + "' begins with a typographic dash; type --" + word.substr(dashes));
    if (sub_) {
      if (word.empty()) refuse(place_name() + " is empty; " + kUnset);
      plain_.push_back(word);
      return;
    }
    if (word.empty()) refuse(std::string("the subcommand is empty; ") + kUnset);
    sub_ = find_subcommand(app_, word);
    if (!sub_) refuse_subcommand(word);
  }

  /// The name of the subcommand's next plain word.
  std::string place_name() const {
    for (const CLI::Option* option : sub_->get_options())
      if (option->get_positional()) return option->get_name(true);
    return "a word";
  }

  void take_option(const std::string& word) {
    const size_t equals = word.find('=');
    Given given;
    given.name = word.substr(0, equals);
    given.word = word;
    const CLI::Option* option = find(given.name);
    if (!option) refuse_unknown(given.name);
    given.assignment = is_assignment(*option);
    const bool flag = option->get_items_expected_max() == 0;
    if (equals != std::string::npos) {
      check_value(given, word.substr(equals + 1));
      if (!flag) given.values.push_back(word.substr(equals + 1));
    } else if (!flag) {
      take_values(given, option->get_items_expected_max() > 1);
    }
    options_.push_back(given);
  }

  void take_values(Given& given, bool many) {
    if (at_ == words_.size()) refuse(given.name + " has no value; " + kUnset + " see " + help());
    const std::string& next = words_[at_];
    if (is_option(next) && find(next.substr(0, next.find('='))))
      refuse(given.name + " has no value: the next word is the option " + next + "; " + kUnset);
    do {
      check_value(given, words_[at_]);
      given.values.push_back(words_[at_++]);
    } while (many && at_ < words_.size() && !is_option(words_[at_]) && !is_plain_after(given, words_[at_]) &&
             (sub_ || !find_subcommand(app_, words_[at_])));
  }

  /// After assignments, any other word belongs to a subcommand with plain words.
  bool is_plain_after(const Given& given, const std::string& word) const {
    return given.assignment && sub_ && word_places(*sub_) > 0 && word.find('=') == std::string::npos;
  }

  static void check_value(const Given& given, const std::string& value) {
    if (value.empty()) refuse(given.name + " is empty; " + kUnset);
    if (!given.assignment) return;
    const auto parts = split_assignment(value);
    if (!parts) return;
    if (parts->key.empty()) refuse(given.name + " " + value + ": the key is empty; " + kUnset);
    if (parts->value.empty()) refuse(given.name + " " + value + ": the value is empty; " + kUnset);
  }

  /// Options before the subcommand must belong to it.
  void check_owner() const {
    for (const Given& given : options_) {
      if (owner().get_option_no_throw(given.name)) continue;
      if (!sub_) refuse_unknown(given.name);
      if (given.name == "--data")
        refuse("--data is not an option of " + owner_name() +
               "; name the folder in LATENTFLOW_DATA, or leave it out");
      const bool window = app_.get_option_no_throw(given.name) != nullptr;
      refuse(given.name + " is " + (window ? "an option of the window, " : "") + "not an option of " +
             owner_name() + "; leave it out, see " + help());
    }
  }

  /// Something that may occur once, and its value: an option, or one key of an option with
  /// assignments.
  static std::pair<std::string, std::string> key_and_value(const Given& given, const std::string& text) {
    const auto parts = given.assignment ? split_assignment(text) : std::nullopt;
    if (!parts) return {given.name, text};
    return {given.name + " " + parts->key, parts->value};
  }

  /// A repetition is dropped, because the parser would reject it; two different values are rejected
  /// here.
  void check_repeats() {
    std::map<std::string, std::string> seen;
    for (Given& given : options_) {
      Words fresh;
      for (const auto& text : given.values) {
        const auto [key, value] = key_and_value(given, text);
        const auto [before, first] = seen.emplace(key, value);
        if (first) fresh.push_back(text);
        if (before->second != value)
          refuse(key + " is given twice, as " + before->second + " and as " + value + "; give it once");
      }
      given.values = fresh;
    }
  }

  Words result() const {
    Words words;
    if (sub_) words.push_back(sub_->get_name());
    for (const Given& given : options_) {
      const CLI::Option* option = owner().get_option_no_throw(given.name);
      if (option->get_items_expected_max() == 0) words.push_back(given.word);
      for (const auto& value : given.values) words.insert(words.end(), {given.name, value});
    }
    if (!plain_.empty()) words.push_back("--");  // a file may have the name of a subcommand
    words.insert(words.end(), plain_.begin(), plain_.end());
    return words;
  }

  [[noreturn]] void refuse_subcommand(const std::string& word) const {
    Words names;
    for (const CLI::App* sub : subcommands_of(app_)) names.push_back(sub->get_name());
    const std::string near = near_name(word, names);
    refuse("unknown subcommand '" + word + "'; " + (near.empty() ? "" : "did you mean " + near + "? ") +
           "known are " + joined_names(names));
  }

  [[noreturn]] void refuse_unknown(const std::string& name) const {
    Words others;
    for (const CLI::App* sub : subcommands_of(app_))
      if (sub != sub_ && sub->get_option_no_throw(name)) others.push_back(sub->get_name());
    const std::string near = near_name(name, option_names(owner()));
    std::string hint;
    if (!others.empty()) {
      hint = "it is one of " + joined_names(others) + "; ";
    } else if (!near.empty()) {
      hint = "did you mean " + near + "? ";
    }
    refuse(name + " is not an option of " + owner_name() + "; " + hint + "see " + help());
  }

  const CLI::App& app_;
  const Words& words_;
  const CLI::App* sub_ = nullptr;
  std::vector<Given> options_;
  Words plain_;
  size_t at_ = 0;
  bool only_plain_ = false;
};

/// A request for help is served, whatever else was typed; of the first subcommand that is named.
Words help_words(const CLI::App& app, const Words& words) {
  const auto end = std::find(words.begin(), words.end(), "--");
  const auto asked = [&](const char* flag) { return std::find(words.begin(), end, flag) != end; };
  if (asked("--version")) return {"--version"};
  if (!asked("--help") && !asked("-h")) return {};
  for (const auto& word : words)
    if (find_subcommand(app, word)) return {word, "--help"};
  return {"--help"};
}

}  // namespace

Words ordered_arguments(const CLI::App& app, const Words& words) {
  const Words help = help_words(app, words);
  return help.empty() ? Scan(app, words).ordered() : help;
}

}  // namespace lf::cli
