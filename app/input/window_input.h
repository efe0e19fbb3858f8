// Where keyboard and mouse enter the program: the only place that installs
// GLFW's callbacks for them.
#pragma once

#include <map>
#include <vector>

#include "app/input/input.h"
#include "app/input/input_queue.h"
#include "app/screen/composition.h"

struct GLFWwindow;

namespace lf::app {

/// Keyboard and mouse between GLFW, ImGui and the window: GLFW's callbacks fill a queue, and each
/// frame passes the part of it that fits into one frame to ImGui and to the window's own shortcuts.
class WindowInput {
 public:
  /// Installs the callbacks. Events go into `input`.
  WindowInput(GLFWwindow* window, Input& input);
  WindowInput(const WindowInput&) = delete;
  WindowInput& operator=(const WindowInput&) = delete;

  /// Passes the next frame's events to ImGui, and lists its keys and characters in the Input. Call
  /// after the backend's NewFrame and before ImGui's.
  void begin_frame();
  /// True if there are events for later frames.
  bool waiting() const { return !queue_.empty() || composition_.waiting(); }

  // The callbacks' data.
  void key(int place, int scancode, int action, int modifiers);
  void character(unsigned code);
  void cursor(double x, double y);
  void button(int number, int action, int modifiers);
  void scroll(double x, double y);
  void other(bool uncovered);
  void hidden(bool now);
  void dropped(int count, const char** paths);

 private:
  void add(InputEvent event);
  void add_all(const std::vector<InputEvent>& events);
  bool lies_elsewhere(double x, double y) const;
  void find_pointer();
  void place_mouse(bool told);
  void give(const InputEvent& event);
  void give_button(int number, bool down);
  void give_place(double x, double y);

  GLFWwindow* window_;
  Input& input_;
  InputQueue queue_;
  Composition composition_;
  std::map<int, int> letter_of_;      ///< scancode of a pressed key: the key that it was then
  double x_ = -1, y_ = -1;            ///< of the cursor, as last reported; −1: not yet
  double frame_x_ = 0, frame_y_ = 0;  ///< in the current frame
  int start_x_ = 0, start_y_ = 0;     ///< the mouse's position on the screen when the window was created
  bool seen_ = false;                 ///< the mouse was used since
  bool down_[5] = {};                 ///< buttons, in the current frame
};

}  // namespace lf::app
