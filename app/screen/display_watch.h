// A lost display must not lose training: the program saves before it ends.
#pragma once

#include <functional>

struct GLFWwindow;

namespace lf::app {

/// Detects the loss of the display: its server ended, the connection broke, or the window was
/// destroyed. Otherwise Xlib ends the program at once, while a worker is training, and does so
/// after a refused request too.
class DisplayWatch {
 public:
  /// Saves and ends the program; it must neither return nor draw. Called once, by the thread that
  /// detected the loss.
  using Lost = std::function<void(const char* reason)>;

  DisplayWatch(GLFWwindow* window, Lost lost);
  ~DisplayWatch();
  DisplayWatch(const DisplayWatch&) = delete;
  DisplayWatch& operator=(const DisplayWatch&) = delete;

  /// Checks what no handler reports; once per iteration of the window's loop.
  void look(double now);

 private:
  GLFWwindow* window_;
  double next_question_ = 0;
};

}  // namespace lf::app
