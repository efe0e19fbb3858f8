#pragma once

#include <string>
#include <vector>

namespace lf {

/// A key that went down (or repeats), with its modifiers.
struct KeyPress {
  int key = 0;  ///< GLFW_KEY_…; a letter is the one that the key writes, wherever it is on the keyboard
  bool control = false, shift = false, repeat = false;
  bool other = false;  ///< with Alt or Super: meant for somebody else
  char symbol = 0;     ///< what the key writes without Shift where that is ASCII, else 0
};

/// One thing that keyboard or mouse did, as the system told it.
struct InputEvent {
  enum class Kind { Key, Character, Button, Cursor, Scroll };
  enum class Action { Press, Release, Repeat };
  Kind kind = Kind::Key;
  Action action = Action::Press;  ///< of keys and buttons
  int code = 0;                   ///< key as in KeyPress, button, or character
  int place = 0, scancode = 0;    ///< of a key: where it is on the keyboard
  int modifiers = 0;              ///< GLFW_MOD_…
  char symbol = 0;                ///< of a key, as in KeyPress
  double x = 0, y = 0;            ///< where the cursor was in the window
  double wheel_x = 0, wheel_y = 0;
};

/// What the frame in hand is given, and what else happened since the last one.
struct Input {
  std::vector<KeyPress> keys;
  std::vector<unsigned> characters;  ///< for digits, + and −, wherever they are on the keyboard
  std::vector<std::string> dropped;  ///< files dropped on the window
  bool touched = false;              ///< anything at all: the window must be drawn
  bool uncovered = true;             ///< the window must be drawn as a whole
  bool hidden = false;               ///< the window is minimised
  double cursor_time = -1;           ///< when the oldest cursor movement not yet drawn came, or −1
};

}  // namespace lf
