// Settings as text: a preset's name, then one key=value per line.
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
    again.set(key, value);  // an accepted value is accepted again, unchanged
    require(again.text(key) == value, "a value is in its one spelling");
  }
  require(again == settings, "text holds every value");
  sound_or_refused([&] { check_together(settings); });
}

}  // namespace lf::fuzz
