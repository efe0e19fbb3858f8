// Shortcuts follow the letters of the keyboard's layout, not the positions of a US keyboard.
#pragma once

#include <functional>

namespace lf::app {

/// The character of a key without Shift in the current layout, 0 if it is not one ASCII character:
/// for the key of a position (GLFW_KEY_…), or, if that is unknown, of a scancode.
using KeySymbol = std::function<char(int place, int scancode)>;

/// The key of a shortcut: GLFW_KEY_A … GLFW_KEY_Z for the letter that the key writes, on any
/// layout. If a layout has no key for a Latin letter (Cyrillic, Greek), the key at its position on
/// a US keyboard is used. Other keys keep their position; a letter's position that writes a sign of
/// a Latin layout is GLFW_KEY_UNKNOWN.
int shortcut_key(int place, int scancode, const KeySymbol& symbol);

}  // namespace lf::app
