#include "cli/options/field_options.h"

#include "base/classes.h"
#include "base/command_words.h"
#include "base/number_text.h"
#include "cli/options/checks.h"
#include "cli/options/known_values.h"
#include "cli/options/shared_options.h"

namespace lf::cli {
namespace {

void replace(std::string& text, const std::string& mark, const std::string& value) {
  if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), value);
}

/// What an option for a class takes.
std::vector<std::string> class_words() {
  std::vector<std::string> words{"all"};
  for (int label = 0; label < kClasses; ++label) words.push_back(std::to_string(label));
  return words;
}

}  // namespace

std::string help_text(std::string meaning, const std::string& initial,
                      const std::vector<std::string>& names) {
  replace(meaning, "{}", initial);
  replace(meaning, "{names}", joined_names(names));
  return meaning;
}

std::string initial_text(const std::string& value) { return value; }

std::string initial_text(int64_t value) { return std::to_string(value); }

std::string initial_text(uint64_t value) { return std::to_string(value); }

std::string initial_text(double value) { return number_text(value); }

std::vector<std::string> preset_names() {
  std::vector<std::string> names;
  for (const auto& preset : preset_table()) names.push_back(preset.name);
  return names;
}

CLI::Option* add_choice(CLI::App& app, const std::string& name, std::string& target,
                        const std::vector<std::string>& known, const std::string& help) {
  const auto read = [&target, name, known](const std::string& text) {
    check_name(name, text, known);
    target = text;
  };
  return offer(app.add_option_function<std::string>(name, read, help)->type_name("NAME"), known);
}

CLI::Option* add_class(CLI::App& app, const std::string& name, int& target, const std::string& help) {
  const auto read = [&target, name](const std::string& text) { target = class_of(name, text); };
  return offer(app.add_option_function<std::string>(name, read, help)->type_name("D"), class_words());
}

CLI::Option* add_class_word(CLI::App& app, const std::string& name, std::string& target,
                            const std::string& help) {
  const auto read = [&target, name](const std::string& text) {
    class_of(name, text);
    target = text;
  };
  return offer(app.add_option_function<std::string>(name, read, help)->type_name("C"), class_words());
}

CLI::Option* only_with(const std::string& other, CLI::Option* option) {
  return option->description("with " + other + ": " + option->get_description());
}

}  // namespace lf::cli
