#include "app/screen/native_display.h"

#include <dlfcn.h>

namespace lf::app {
namespace {

constexpr const char* kX11 = "libX11.so.6";
constexpr const char* kWayland = "libwayland-client.so.0";

/// A function of a loaded library, or null.
template <class Function>
Function* loaded(const char* library, const char* name) {
  void* const opened = dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
  if (opened == nullptr) return nullptr;
  auto* function = reinterpret_cast<Function*>(dlsym(opened, name));
  dlclose(opened);  // returns only our reference: GLFW holds its own
  return function;
}

/// A function that this build of GLFW may lack, or null.
template <class Function>
Function* of_glfw(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

void* x11_display() {
  static auto* const display = of_glfw<void*()>("glfwGetX11Display");
  return display != nullptr ? display() : nullptr;
}

void* wayland_display() {
  static auto* const display = of_glfw<void*()>("glfwGetWaylandDisplay");
  return display != nullptr ? display() : nullptr;
}

}  // namespace

unsigned long x11_window(GLFWwindow* window) {
  auto* number = of_glfw<unsigned long(GLFWwindow*)>("glfwGetX11Window");
  return number != nullptr && x11_display() != nullptr ? number(window) : 0;
}

char x11_symbol(int keycode) {
  static auto* const symbol =
      loaded<unsigned long(void*, unsigned char, int, int)>(kX11, "XkbKeycodeToKeysym");
  void* const display = x11_display();
  if (symbol == nullptr || display == nullptr || keycode < 8 || keycode > 255) return 0;
  const unsigned long written = symbol(display, static_cast<unsigned char>(keycode), 0, 0);
  return written > 0x20 && written < 0x7f ? static_cast<char>(written)
                                          : '\0';  // keysyms of ASCII are its codes
}

void set_x11_handlers(X11ErrorHandler on_error, X11LossHandler on_loss) {
  if (x11_display() == nullptr) return;
  static auto* const set_error = loaded<X11ErrorHandler(X11ErrorHandler)>(kX11, "XSetErrorHandler");
  static auto* const set_loss = loaded<X11LossHandler(X11LossHandler)>(kX11, "XSetIOErrorHandler");
  if (set_error != nullptr) set_error(on_error);
  if (set_loss != nullptr) set_loss(on_loss);
}

bool on_wayland() { return wayland_display() != nullptr; }

bool wayland_lost() {
  static auto* const error = loaded<int(void*)>(kWayland, "wl_display_get_error");
  return error != nullptr && on_wayland() && error(wayland_display()) != 0;
}

}  // namespace lf::app
