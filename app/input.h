#pragma once

#include <string>
#include <vector>

namespace lf {

/// A key that went down (or repeats), with its modifiers.
struct KeyPress {
  int key = 0;  ///< GLFW_KEY_…
  bool control = false, shift = false, repeat = false;
};

/// What happened since the last frame, collected by the system's callbacks.
struct Input {
  std::vector<KeyPress> keys;
  std::vector<unsigned> characters;     ///< for + and −, wherever they are on the keyboard
  std::vector<std::string> dropped;     ///< files dropped on the window
  bool touched = false;                 ///< anything at all: the window must be drawn
  bool uncovered = true;                ///< the window must be drawn as a whole
  double cursor_x = -1, cursor_y = -1;  ///< as last reported
  bool cursor_seen = false;             ///< the mouse was moved at least once
  double cursor_time = -1;              ///< when the oldest cursor movement not yet drawn came, or −1
};

}  // namespace lf
