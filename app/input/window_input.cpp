#include "app/input/window_input.h"

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>

#include <cfloat>
#include <iterator>

#include "app/clock.h"
#include "app/input/key_letters.h"
#include "app/screen/native_display.h"

namespace lf::app {
namespace {

using Kind = InputEvent::Kind;
using Action = InputEvent::Action;

WindowInput& input_of(GLFWwindow* window) {
  return *static_cast<WindowInput*>(glfwGetWindowUserPointer(window));
}

char key_symbol(int place, int scancode) {
  if (place == GLFW_KEY_UNKNOWN) return x11_symbol(scancode);
  const char* name = glfwGetKeyName(place, 0);
  const bool ascii = name != nullptr && name[0] > ' ' && name[0] < 0x7f && name[1] == '\0';
  return ascii ? name[0] : '\0';
}

Action action_of(int action) {
  return action == GLFW_RELEASE ? Action::Release : action == GLFW_REPEAT ? Action::Repeat : Action::Press;
}

int glfw_action(Action action) {
  return action == Action::Release ? GLFW_RELEASE : action == Action::Repeat ? GLFW_REPEAT : GLFW_PRESS;
}

void give_key(GLFWwindow* window, const InputEvent& e) {
#if IMGUI_VERSION_NUM < 18700
  // These versions expect Ctrl+A at the position of A, and detect Ctrl by its two keys. A Caps Lock
  // used as Ctrl, and an on-screen keyboard, are only visible in the modifiers.
  ImGui_ImplGlfw_KeyCallback(window, e.code, e.scancode, glfw_action(e.action), e.modifiers);
  if (e.place >= GLFW_KEY_LEFT_SHIFT && e.place <= GLFW_KEY_RIGHT_SUPER) return;
  ImGuiIO& io = ImGui::GetIO();
  io.KeyCtrl = (e.modifiers & GLFW_MOD_CONTROL) != 0;
  io.KeyShift = (e.modifiers & GLFW_MOD_SHIFT) != 0;
  io.KeyAlt = (e.modifiers & GLFW_MOD_ALT) != 0;
#else
  ImGui_ImplGlfw_KeyCallback(window, e.place, e.scancode, glfw_action(e.action),
                             e.modifiers);  // finds letters itself
#endif
}

void install_callbacks(GLFWwindow* window) {
  glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
    input_of(w).key(key, scancode, action, mods);
  });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned code) { input_of(w).character(code); });
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) { input_of(w).cursor(x, y); });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int number, int action, int mods) {
    input_of(w).button(number, action, mods);
  });
  glfwSetScrollCallback(window, [](GLFWwindow* w, double x, double y) { input_of(w).scroll(x, y); });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { input_of(w).other(true); });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { input_of(w).other(true); });
  glfwSetWindowIconifyCallback(window,
                               [](GLFWwindow* w, int iconified) { input_of(w).hidden(iconified != 0); });
  glfwSetDropCallback(
      window, [](GLFWwindow* w, int count, const char** paths) { input_of(w).dropped(count, paths); });
  glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int focused) {
    ImGui_ImplGlfw_WindowFocusCallback(w, focused);
    input_of(w).other(false);
  });
  glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int entered) {
    ImGui_ImplGlfw_CursorEnterCallback(w, entered);
    input_of(w).other(false);
  });
}

}  // namespace

WindowInput::WindowInput(GLFWwindow* window, Input& input) : window_(window), input_(input) {
  int left = 0, top = 0;
  double x = 0, y = 0;
  glfwGetWindowPos(window, &left, &top);
  glfwGetCursorPos(window, &x, &y);
  start_x_ = left + static_cast<int>(x);
  start_y_ = top + static_cast<int>(y);
  glfwSetWindowUserPointer(window, this);
  install_callbacks(window);
}

void WindowInput::add(InputEvent event) {
  event.x = x_;
  event.y = y_;
  queue_.push(event);
  input_.touched = true;
}

void WindowInput::add_all(const std::vector<InputEvent>& events) {
  for (const InputEvent& event : events) add(event);
}

void WindowInput::key(int place, int scancode, int action, int modifiers) {
  InputEvent event;
  event.kind = Kind::Key;
  event.action = action_of(action);
  event.place = place;
  event.scancode = scancode;
  event.modifiers = modifiers;
  // A released key keeps its meaning from the press, whatever the layout is by then.
  const auto known = letter_of_.find(scancode);
  if (event.action == Action::Press || known == letter_of_.end()) {
    event.code = shortcut_key(place, scancode, key_symbol);
    event.symbol = key_symbol(place, scancode);
    letter_of_[scancode] = event.code;
  } else {
    event.code = known->second;
  }
  if (event.action == Action::Release) letter_of_.erase(scancode);
  add_all(composition_.key(event, ImGui::GetIO().WantTextInput, seconds_since_start()));
}

void WindowInput::character(unsigned code) {
  InputEvent event;
  event.kind = Kind::Character;
  event.code = static_cast<int>(code);
  add(event);
  add_all(composition_.character(seconds_since_start()));
}

/// The first report may only give the mouse's position when the window opened below it.
bool WindowInput::lies_elsewhere(double x, double y) const {
  int left = 0, top = 0;
  glfwGetWindowPos(window_, &left, &top);
  return left + static_cast<int>(x) != start_x_ || top + static_cast<int>(y) != start_y_;
}

void WindowInput::cursor(double x, double y) {
  seen_ = seen_ || lies_elsewhere(x, y);  // queried until it was: over a network each query is slow
  x_ = x;
  y_ = y;
  if (input_.cursor_time < 0) input_.cursor_time = seconds_since_start();
  InputEvent event;
  event.kind = Kind::Cursor;
  add(event);
}

/// A press before any movement: query the position.
void WindowInput::find_pointer() {
  seen_ = true;
  if (x_ >= 0) return;
  glfwGetCursorPos(window_, &x_, &y_);
  InputEvent event;
  event.kind = Kind::Cursor;
  add(event);
}

void WindowInput::button(int number, int action, int modifiers) {
  find_pointer();
  add_all(composition_.end());
  InputEvent event;
  event.kind = Kind::Button;
  event.action = action_of(action);
  event.code = number;
  event.modifiers = modifiers;
  add(event);
}

void WindowInput::scroll(double x, double y) {
  find_pointer();
  InputEvent event;
  event.kind = Kind::Scroll;
  event.wheel_x = x;
  event.wheel_y = y;
  add(event);
}

void WindowInput::other(bool uncovered) {
  input_.touched = true;
  input_.uncovered = input_.uncovered || uncovered;
}

void WindowInput::hidden(bool now) {
  input_.hidden = now;
  other(true);
}

void WindowInput::dropped(int count, const char** paths) {
  for (int i = 0; i < count; ++i) input_.dropped.emplace_back(paths[i]);
  input_.touched = true;
}

void WindowInput::give(const InputEvent& e) {
  switch (e.kind) {
    case Kind::Key:
      give_key(window_, e);
      if (e.action == Action::Release) return;
      input_.keys.push_back({e.code, (e.modifiers & GLFW_MOD_CONTROL) != 0,
                             (e.modifiers & GLFW_MOD_SHIFT) != 0, e.action == Action::Repeat,
                             (e.modifiers & (GLFW_MOD_ALT | GLFW_MOD_SUPER)) != 0, e.symbol});
      return;
    case Kind::Character:
      ImGui_ImplGlfw_CharCallback(window_, static_cast<unsigned>(e.code));
      input_.characters.push_back(static_cast<unsigned>(e.code));
      return;
    case Kind::Scroll:
      ImGui_ImplGlfw_ScrollCallback(window_, e.wheel_x, e.wheel_y);
      return;
    case Kind::Button:
      give_button(e.code, e.action == Action::Press);
      return;
    case Kind::Cursor:
      give_place(e.x, e.y);
      return;
  }
}

void WindowInput::give_button(int number, bool down) {
  if (number < 0 || number >= static_cast<int>(std::size(down_))) return;
  down_[number] = down;
#if IMGUI_VERSION_NUM >= 18700
  ImGui::GetIO().AddMouseButtonEvent(number, down);
#endif
}

void WindowInput::give_place(double x, double y) {
#if IMGUI_VERSION_NUM >= 18700
  if (seen_) ImGui::GetIO().AddMousePosEvent(static_cast<float>(x), static_cast<float>(y));
#else
  (void)x, (void)y;                         // place_mouse reports it after all of the frame's events
#endif
}

/// Older versions keep one state per frame. Their backend queried it from the system, where it is
/// too new while events are pending.
void WindowInput::place_mouse(bool told) {
#if IMGUI_VERSION_NUM < 18700
  ImGuiIO& io = ImGui::GetIO();
  if (told) io.MousePos = {static_cast<float>(frame_x_), static_cast<float>(frame_y_)};
  // The mouse's position before its first use is ignored: no tooltip, no highlight.
  if (!seen_) io.MousePos = {-FLT_MAX, -FLT_MAX};
  for (size_t i = 0; i < std::size(down_); ++i) io.MouseDown[i] = down_[i];
#else
  (void)told;
#endif
}

void WindowInput::begin_frame() {
  add_all(composition_.look(seconds_since_start()));
  bool told = false;
  for (const InputEvent& event : queue_.take_frame()) {
    const bool of_mouse = event.kind != Kind::Key && event.kind != Kind::Character;
    if (of_mouse) frame_x_ = event.x, frame_y_ = event.y;
    told = told || of_mouse;
    give(event);
  }
  place_mouse(told || queue_.holds_mouse());
}

}  // namespace lf::app
