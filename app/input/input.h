// Keyboard and mouse input as plain values, from GLFW's callbacks to the frame that uses it.
#pragma once

#include <string>
#include <vector>

namespace lf::app {

/// A pressed (or repeated) key, with its modifiers.
struct KeyPress {
  int key = 0;  ///< GLFW_KEY_…; for a letter the one that the key writes, wherever it is on the keyboard
  bool control = false, shift = false, repeat = false;
  bool other = false;  ///< with Alt or Super: not for this program
  char symbol = 0;     ///< the key's character without Shift if it is ASCII, else 0
};

/// One event of keyboard or mouse, as the system reported it.
struct InputEvent {
  enum class Kind { Key, Character, Button, Cursor, Scroll };
  enum class Action { Press, Release, Repeat };
  Kind kind = Kind::Key;
  Action action = Action::Press;  ///< of keys and buttons
  int code = 0;                   ///< key as in KeyPress, button, or character
  int place = 0, scancode = 0;    ///< of a key: its position on the keyboard
  int modifiers = 0;              ///< GLFW_MOD_…
  char symbol = 0;                ///< of a key, as in KeyPress
  double x = 0, y = 0;            ///< the cursor's position in the window
  double wheel_x = 0, wheel_y = 0;
};

/// Input of the current frame, and other events since the last one.
struct Input {
  std::vector<KeyPress> keys;
  std::vector<unsigned> characters;  ///< for digits, + and −, wherever they are on the keyboard
  std::vector<std::string> dropped;  ///< files dropped on the window
  bool touched = false;              ///< any input: the window must be drawn
  bool uncovered = true;             ///< the whole window must be drawn
  bool hidden = false;               ///< the window is minimised
  double cursor_time = -1;           ///< when the oldest cursor movement not yet drawn arrived, or −1
};

}  // namespace lf::app
