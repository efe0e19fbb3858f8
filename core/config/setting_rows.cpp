#include "config/setting_rows.h"

#include "base/number_text.h"

namespace lf {
namespace {

struct WordName {
  NumberWord word;
  const char* name;
};

constexpr WordName kWords[] = {{NumberWord::Auto, "auto"}, {NumberWord::End, "end"}};

}  // namespace

std::string value_text(double value) { return number_text(value); }

std::string value_text(int64_t value) { return std::to_string(value); }

std::string value_text(bool value) { return value ? "on" : "off"; }

std::string value_text(const std::string& value) { return value; }

std::string value_text(const NumberOrWord& value) {
  for (const auto& [word, name] : kWords)
    if (value.word == word) return name;
  return number_text(value.number);
}

void read_value(const std::string& text, double& value) { value = parse_number(text).value(); }

void read_value(const std::string& text, int64_t& value) { value = parse_integer(text).value(); }

void read_value(const std::string& text, bool& value) { value = text == "on"; }

void read_value(const std::string& text, std::string& value) { value = text; }

void read_value(const std::string& text, NumberOrWord& value) {
  for (const auto& [word, name] : kWords) {
    if (text != name) continue;
    value = word;
    return;
  }
  value = parse_number(text).value();
}

}  // namespace lf
