#pragma once

#include <functional>

namespace lf {

/// What a key writes without Shift in the present layout, 0 where that is not one ASCII character: the key of
/// a place (GLFW_KEY_…), or, where that is unknown, of a scancode.
using KeySymbol = std::function<char(int place, int scancode)>;

/// The key that a shortcut means: GLFW_KEY_A … GLFW_KEY_Z for the letter that the key writes, on any layout.
/// Where a layout has no key for a Latin letter (Cyrillic, Greek), the key at its place on a US keyboard
/// stands for it. Other keys stay their place; a letter's place that writes a sign of a Latin layout is
/// GLFW_KEY_UNKNOWN.
int shortcut_key(int place, int scancode, const KeySymbol& symbol);

}  // namespace lf
