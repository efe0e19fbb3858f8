// Separates the keys of an input method (Chinese, Japanese, Korean) from those of the window.
#pragma once

#include <vector>

#include "app/input/input.h"

namespace lf::app {

/// True if the event is a command rather than text: with Ctrl, Alt or Super.
bool with_command(const InputEvent& event);

/// Keeps keys that belong to an input method (Pinyin, Kana, Hangul) away from a text field. GLFW
/// reports every pressed key, including those that the input method used: its Backspace and its
/// Enter would also act on the field. A letter's key without a following character means that the
/// user is composing.
class Composition {
 public:
  /// The events that result from a key: itself, nothing while its owner is unknown, or nothing at
  /// all. `typing`: a text field has the keyboard; `now`: seconds.
  std::vector<InputEvent> key(const InputEvent& event, bool typing, double now);
  /// A character arrived. Returns the events that waited for it.
  std::vector<InputEvent> character(double now);
  /// Decides about events that waited too long, which belong to the input method. Returns the
  /// others.
  std::vector<InputEvent> look(double now);
  /// A mouse press ends composing. Returns the events that waited.
  std::vector<InputEvent> end();
  /// True if a key is waiting.
  bool waiting() const { return !held_.empty(); }

 private:
  bool composing(double now) const;
  void took(const InputEvent& event);
  std::vector<InputEvent> take_held();

  int unanswered_ = 0;  ///< letter keys without their characters
  double since_ = 0;    ///< when the first of them was pressed
  bool letter_was_last_ = false;
  std::vector<InputEvent> held_;
};

}  // namespace lf::app
