#pragma once

#include <vector>

#include "app/input/input.h"

namespace lf {

/// Is the event a command rather than writing: with Ctrl, Alt or Super?
bool with_command(const InputEvent& event);

/// Keeps keys that belong to an input method (Pinyin, Kana, Hangul) away from a text field. GLFW tells of
/// every key that went down, also of those that the input method took: its Backspace and its Enter would act
/// on the field too. A letter's key that is not answered by a character says that one is composing.
class Composition {
 public:
  /// The events that follow from a key: itself, nothing while it is not known whose it is, or nothing at all.
  /// `typing`: a text field has the keyboard; `now`: seconds.
  std::vector<InputEvent> key(const InputEvent& event, bool typing, double now);
  /// A character came. The events that waited for it.
  std::vector<InputEvent> character(double now);
  /// Decides about what waited too long: it belongs to the input method. The events that do not.
  std::vector<InputEvent> look(double now);
  /// The mouse was pressed, which ends any composing. The events that waited.
  std::vector<InputEvent> end();
  /// Does a key wait?
  bool waiting() const { return !held_.empty(); }

 private:
  bool composing(double now) const;
  void took(const InputEvent& event);
  std::vector<InputEvent> take_held();

  int unanswered_ = 0;  ///< letters' keys without their characters
  double since_ = 0;    ///< when the first of them went down
  bool letter_was_last_ = false;
  std::vector<InputEvent> held_;
};

}  // namespace lf
