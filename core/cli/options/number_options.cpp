#include "cli/options/number_options.h"

#include "base/errors.h"
#include "base/number_text.h"

namespace lf::cli {
namespace {

[[noreturn]] void refuse_number(const std::string& name, const std::string& text,
                                const std::string& expected) {
  throw InputError(name + ": '" + text + "' cannot be used; give " + expected);
}

std::string range_text(double min, double max) { return number_text(min) + " to " + number_text(max); }

}  // namespace

CLI::Option* add_integer(CLI::App& app, const std::string& name, int64_t& target, int64_t min, int64_t max,
                         const std::string& help) {
  const auto read = [&target, name, min, max](const std::string& text) {
    const auto value = parse_integer(text);
    if (!value || *value < min || *value > max) {
      refuse_number(name, text, "a whole number from " + std::to_string(min) + " to " + std::to_string(max));
    }
    target = *value;
  };
  return app.add_option_function<std::string>(name, read, help)->type_name("N");
}

CLI::Option* add_number(CLI::App& app, const std::string& name, double& target, double min, double max,
                        const std::string& help) {
  const auto read = [&target, name, min, max](const std::string& text) {
    const auto value = parse_number(text);
    if (!value || *value < min || *value > max)
      refuse_number(name, text, "a number from " + range_text(min, max));
    target = *value;
  };
  return app.add_option_function<std::string>(name, read, help)->type_name("X");
}

CLI::Option* add_seed(CLI::App& app, const std::string& name, uint64_t& target, const std::string& help) {
  const auto read = [&target, name](const std::string& text) {
    const auto value = parse_seed(text);
    if (!value) refuse_number(name, text, "a whole number from 0 to 18446744073709551615");
    target = *value;
  };
  return app.add_option_function<std::string>(name, read, help)->type_name("N");
}

}  // namespace lf::cli
