// Settings as text: a preset's name, then one key=value a line.
#include <sstream>

#include "config/settings.h"
#include "fuzz_target.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  std::istringstream lines(text_of(data, size));
  std::string line;
  std::getline(lines, line);
  Settings settings;
  sound_or_refused([&] { settings = Settings(line); });
  while (std::getline(lines, line)) sound_or_refused([&] { settings.set_assignment(line); });
  Settings again(settings.preset());
  for (const auto& [key, value] : settings.all()) {
    again.set(key, value);  // what was taken is taken again, as it is
    require(again.text(key) == value, "a value is in its one spelling");
    settings.number(key), settings.integer(key);
  }
  sound_or_refused([&] { check_together(settings); });
}

}  // namespace lf::fuzz
