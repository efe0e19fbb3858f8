// The display behind GLFW, for information that GLFW does not provide. Every function is looked up
// by name in the libraries that GLFW has loaded (libX11, or libwayland-client). The program links
// neither; if one is missing, a harmless default is returned.
#pragma once

struct GLFWwindow;

namespace lf::app {

/// An error reported by an X server, as Xlib passes it.
struct X11Error {
  int type;
  void* display;
  unsigned long resource;  ///< the window or drawable of the request
  unsigned long serial;
  unsigned char code, request, minor;
};

using X11ErrorHandler = int (*)(void* display, X11Error* error);
using X11LossHandler = int (*)(void* display);

/// The X server's id of the window; 0 without an X server.
unsigned long x11_window(GLFWwindow* window);
/// The character of a key without modifiers, also for a key remapped just now; 0 if it is not
/// ASCII.
char x11_symbol(int keycode);
/// Replaces Xlib's handlers: of an error (the default ends the program) and of a broken connection
/// (it must not return). No effect without an X server.
void set_x11_handlers(X11ErrorHandler on_error, X11LossHandler on_loss);
/// True if GLFW uses a Wayland compositor.
bool on_wayland();
/// True if the connection to a Wayland compositor is broken.
bool wayland_lost();

}  // namespace lf::app
