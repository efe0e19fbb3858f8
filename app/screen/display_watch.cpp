#include "app/screen/display_watch.h"

#include <GLFW/glfw3.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "app/screen/native_display.h"

namespace lf::app {
namespace {

constexpr unsigned char kBadWindow = 3, kBadDrawable = 9;  // of the X protocol
constexpr int kMostLines = 5;                              ///< of refused requests that are reported
constexpr double kQuestionInterval = 2;                    ///< seconds

// Xlib's handlers have no user data.
DisplayWatch::Lost lost_handler;
std::atomic<bool> lost_already{false};
unsigned long own_window = 0;
int refused = 0;

/// A second call waits for the end that the first one causes.
[[noreturn]] void lose(const char* reason) {
  if (!lost_already.exchange(true)) {
    if (lost_handler) lost_handler(reason);
    std::_Exit(1);
  }
  while (true) pause();
}

int on_loss(void*) { lose("the display server ended or closed the connection"); }

int on_error(void*, X11Error* error) {
  const bool missing = error->code == kBadWindow || error->code == kBadDrawable;
  if (missing && own_window != 0 && error->resource == own_window)
    lose("another program forced the window to close");
  if (++refused <= kMostLines) {
    std::fprintf(stderr,
                 "latentflow: the display refused a request (error %d, request %d.%d); the window "
                 "continues\n",
                 error->code, error->request, error->minor);
  }
  return 0;
}

}  // namespace

DisplayWatch::DisplayWatch(GLFWwindow* window, Lost lost) : window_(window) {
  lost_handler = std::move(lost);
  lost_already = false;
  own_window = x11_window(window);
  set_x11_handlers(on_error, on_loss);
}

DisplayWatch::~DisplayWatch() {
  set_x11_handlers(nullptr, nullptr);
  lost_handler = nullptr;
  own_window = 0;
}

void DisplayWatch::look(double now) {
  if (wayland_lost()) lose("the compositor ended or closed the connection");
  set_x11_handlers(on_error, on_loss);  // GLFW restores the default after errors that it expected
  if (own_window == 0 || now < next_question_) return;
  // A window that is not drawn would not notice that it was destroyed: any request about it makes
  // the server report it.
  next_question_ = now + kQuestionInterval;
  int width = 0, height = 0;
  glfwGetWindowSize(window_, &width, &height);
}

}  // namespace lf::app
