// The display behind GLFW, asked for what GLFW does not tell. Every function is looked up by name in the
// libraries that GLFW has loaded (libX11, or libwayland-client): the program links neither, and where one is
// missing the answer is the harmless one.
#pragma once

struct GLFWwindow;

namespace lf {

/// An error that an X server reports, as Xlib hands it over.
struct X11Error {
  int type;
  void* display;
  unsigned long resource;  ///< the window or drawable that the request named
  unsigned long serial;
  unsigned char code, request, minor;
};

using X11ErrorHandler = int (*)(void* display, X11Error* error);
using X11LossHandler = int (*)(void* display);

/// The X server's name of the window; 0 where the window lies on no X server.
unsigned long x11_window(GLFWwindow* window);
/// What a key writes without modifiers, also one that a program gave its meaning just now; 0 if that is not
/// ASCII.
char x11_symbol(int keycode);
/// Takes Xlib's handlers: of an error (by default it ends the program) and of a broken connection (it must
/// not return). Without an X server nothing happens.
void set_x11_handlers(X11ErrorHandler on_error, X11LossHandler on_loss);
/// Does GLFW talk to a Wayland compositor?
bool on_wayland();
/// Is the connection to a Wayland compositor broken?
bool wayland_lost();

}  // namespace lf
