#include "app/input/input_queue.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>

#include "app/screen/composition.h"

namespace lf::app {
namespace {

using Kind = InputEvent::Kind;
using Action = InputEvent::Action;

constexpr int kOpeningFrames = 4;  ///< until a newly opened field has the keyboard
constexpr double kNear = 32;  ///< pixels; while the mouse moves less than this, a turning wheel need not wait

bool is_modifier(const InputEvent& e) {
  return e.kind == Kind::Key && e.place >= GLFW_KEY_LEFT_SHIFT && e.place <= GLFW_KEY_RIGHT_SUPER;
}

/// True if it only writes a character, which is a separate event.
bool writes(const InputEvent& e) {
  const bool printable =
      e.place < GLFW_KEY_ESCAPE || (e.place >= GLFW_KEY_KP_0 && e.place <= GLFW_KEY_KP_ADD);
  return e.kind == Kind::Key && printable && !with_command(e);
}

bool is_press(const InputEvent& e) { return e.kind == Kind::Key && e.action == Action::Press; }

/// A key with an action: a text field takes one of them per frame.
bool acts(const InputEvent& e) { return is_press(e) && !writes(e) && !is_modifier(e); }

/// After it the keyboard focus may change.
bool moves_focus(const InputEvent& e) {
  if (e.kind == Kind::Button) return true;
  if (!acts(e)) return false;
  return with_command(e) || e.place == GLFW_KEY_ENTER || e.place == GLFW_KEY_KP_ENTER ||
         e.place == GLFW_KEY_TAB || (e.place >= GLFW_KEY_F1 && e.place <= GLFW_KEY_F25) ||
         e.place == GLFW_KEY_ESCAPE;
}

bool same_key(const InputEvent& a, const InputEvent& b) {
  return a.kind == b.kind && a.place == b.place && a.scancode == b.scancode && a.code == b.code;
}

/// True if `next` may be in the same frame as the earlier event `earlier`.
bool together(const InputEvent& earlier, const InputEvent& next) {
  switch (next.kind) {
    case Kind::Cursor:
      if (earlier.kind == Kind::Scroll) return std::hypot(next.x - earlier.x, next.y - earlier.y) < kNear;
      return earlier.kind != Kind::Button;
    case Kind::Scroll:
      return earlier.kind != Kind::Button;
    case Kind::Button:
      if (earlier.kind == Kind::Button) return earlier.code != next.code;
      return earlier.kind == Kind::Scroll || (earlier.kind == Kind::Key && !is_press(earlier));
    case Kind::Character:
      return earlier.kind != Kind::Button && !acts(earlier);
    case Kind::Key:
      break;
  }
  if (next.action == Action::Repeat) return true;
  if (earlier.kind == Kind::Button) return false;
  if (acts(earlier)) return !acts(next) && !is_modifier(next) && !same_key(earlier, next);
  return writes(next) || !same_key(earlier, next);
}

bool of_mouse(const InputEvent& e) { return e.kind != Kind::Key && e.kind != Kind::Character; }

}  // namespace

bool InputQueue::holds_mouse() const { return std::any_of(waiting_.begin(), waiting_.end(), of_mouse); }

std::vector<InputEvent> InputQueue::take_frame() {
  hold_ = std::max(0, hold_ - 1);
  std::vector<InputEvent> taken;
  while (!waiting_.empty()) {
    const InputEvent& next = waiting_.front();
    const bool held = hold_ > 0 && (next.kind == Kind::Character || (is_press(next) && !is_modifier(next)));
    const bool fits = std::all_of(taken.begin(), taken.end(),
                                  [&](const InputEvent& earlier) { return together(earlier, next); });
    if (held || !fits) break;
    if (moves_focus(next)) hold_ = kOpeningFrames;
    taken.push_back(next);
    waiting_.pop_front();
  }
  return taken;
}

}  // namespace lf::app
