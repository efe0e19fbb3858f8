#include "app/screen/composition.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <utility>

namespace lf::app {
namespace {

constexpr double kAnswerTime =
    0.3;  ///< seconds within which a character that an input method passes on follows its key

/// A key that writes a character in its layout.
bool is_letter(const InputEvent& e) {
  return e.action != InputEvent::Action::Release && e.symbol != 0 && e.place < GLFW_KEY_ESCAPE &&
         !with_command(e);
}

/// A key that an input method uses while composing.
bool is_editing(const InputEvent& e) {
  return !with_command(e) && e.place >= GLFW_KEY_ESCAPE && e.place <= GLFW_KEY_END;
}

}  // namespace

bool with_command(const InputEvent& e) {
  return (e.modifiers & (GLFW_MOD_CONTROL | GLFW_MOD_ALT | GLFW_MOD_SUPER)) != 0;
}

bool Composition::composing(double now) const { return unanswered_ > 0 && now - since_ > kAnswerTime; }

/// The effect of a key on the text that is being composed.
void Composition::took(const InputEvent& event) {
  if (event.action == InputEvent::Action::Release) return;
  if (event.place == GLFW_KEY_BACKSPACE) unanswered_ = std::max(0, unanswered_ - 1);
  if (event.place == GLFW_KEY_ENTER || event.place == GLFW_KEY_ESCAPE) unanswered_ = 0;
}

std::vector<InputEvent> Composition::key(const InputEvent& event, bool typing, double now) {
  if (!typing) unanswered_ = 0;
  letter_was_last_ = typing && is_letter(event);
  if (letter_was_last_ && unanswered_++ == 0) since_ = now;
  if (!held_.empty()) {  // keep the order
    held_.push_back(event);
    return {};
  }
  if (unanswered_ == 0 || !is_editing(event)) return {event};
  if (event.action == InputEvent::Action::Release)
    return {event};  // a key that was seen going down must be seen going up
  if (composing(now)) {
    took(event);
  } else {
    held_.push_back(event);
  }
  return {};
}

std::vector<InputEvent> Composition::character(double now) {
  const bool committed = composing(now);
  // Without an input method, the character directly follows its key.
  unanswered_ = letter_was_last_ || committed ? 0 : std::max(0, unanswered_ - 1);
  letter_was_last_ = false;
  since_ = now;
  if (committed) return take_held();
  return unanswered_ > 0 ? std::vector<InputEvent>{} : end();
}

/// The input method gets the waiting keys; a released key was pressed before.
std::vector<InputEvent> Composition::take_held() {
  std::vector<InputEvent> rest;
  for (const InputEvent& event : std::exchange(held_, {})) {
    took(event);
    if (event.action == InputEvent::Action::Release) rest.push_back(event);
  }
  return rest;
}

std::vector<InputEvent> Composition::look(double now) {
  return held_.empty() || !composing(now) ? std::vector<InputEvent>{} : take_held();
}

std::vector<InputEvent> Composition::end() {
  unanswered_ = 0;
  return std::exchange(held_, {});
}

}  // namespace lf::app
