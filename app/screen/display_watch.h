#pragma once

#include <functional>

struct GLFWwindow;

namespace lf {

/// Notices that the display is gone: its server ended, the connection broke, or somebody destroyed the
/// window. Without it, Xlib ends the program on the spot, beside a worker that trains on, and of a refused
/// request likewise.
class DisplayWatch {
 public:
  /// Saves and ends the program; it must neither return nor draw. Called once, by the thread that noticed.
  using Lost = std::function<void(const char* reason)>;

  DisplayWatch(GLFWwindow* window, Lost lost);
  ~DisplayWatch();
  DisplayWatch(const DisplayWatch&) = delete;
  DisplayWatch& operator=(const DisplayWatch&) = delete;

  /// Looks for what no handler tells; once a turn of the window.
  void look(double now);

 private:
  GLFWwindow* window_;
  double next_question_ = 0;
};

}  // namespace lf
