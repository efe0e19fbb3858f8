#include "app/input/key_letters.h"

#include <GLFW/glfw3.h>

namespace lf::app {
namespace {

/// GLFW_KEY_A … for a … z in either case, else GLFW_KEY_UNKNOWN.
int letter_key(char symbol) {
  if (symbol >= 'a' && symbol <= 'z') return GLFW_KEY_A + static_cast<int>(symbol - 'a');
  if (symbol >= 'A' && symbol <= 'Z') return GLFW_KEY_A + static_cast<int>(symbol - 'A');
  return GLFW_KEY_UNKNOWN;
}

/// True if any key of the layout writes this letter.
bool layout_has(int letter, const KeySymbol& symbol) {
  for (int place = GLFW_KEY_SPACE; place <= GLFW_KEY_WORLD_2; ++place) {
    if (letter_key(symbol(place, 0)) == letter) return true;
  }
  return false;
}

}  // namespace

int shortcut_key(int place, int scancode, const KeySymbol& symbol) {
  const int letter = letter_key(symbol(place, scancode));
  if (letter != GLFW_KEY_UNKNOWN) return letter;
  const bool letter_place = place >= GLFW_KEY_A && place <= GLFW_KEY_Z;
  return letter_place && layout_has(place, symbol) ? GLFW_KEY_UNKNOWN : place;
}

}  // namespace lf::app
