// Everything that needs a display: the system's window, OpenGL, and the drawing
// of a finished frame.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/input/input.h"
#include "app/input/window_input.h"
#include "app/screen/damage.h"
#include "app/screen/part_mesh.h"
#include "app/screen/screen_fit.h"

struct GLFWwindow;

namespace lf::app {

/// The system window with its OpenGL 3.3 context and ImGui's two backends; destroys them in order.
class Graphics {
 public:
  /// Of this size in effective pixels, limited by the screen. Throws InputError (one line, naming
  /// the command without a window) without a display or OpenGL 3.3.
  Graphics(int width, int height, Input& input);
  ~Graphics();
  Graphics(const Graphics&) = delete;
  Graphics& operator=(const Graphics&) = delete;

  /// Real pixels per effective pixel of the display.
  float content_scale() const;
  /// True if the processor draws (llvmpipe and similar).
  bool software() const { return software_; }
  const std::string& renderer() const { return renderer_; }
  /// Of the window in the last frame.
  void size(int& width, int& height) const;

  GLFWwindow* window() const { return window_; }
  /// There is more keyboard and mouse input than the last frame could take.
  bool input_waits() const { return hand_->waiting(); }

  bool close_requested() const;
  void clear_close_request();

  /// Uploads ImGui's font atlas again.
  void upload_fonts();
  void begin_frame();
  /// Ends ImGui's frame and draws its content over this background; present() shows the image. If
  /// the buffer is kept between frames, only changes are drawn; `everything` redraws all.
  void render(const float background[3], bool everything);
  /// Seconds of OpenGL's driver in the last frame: drawing and submission.
  double driver_seconds() const { return driver_seconds_; }
  /// The last image, RGB rows from the bottom; call before present().
  std::vector<uint8_t> read_pixels(int& width, int& height) const;
  void present();

 private:
  void probe_buffer();
  float framebuffer_scale() const;
  void draw_parts(const std::vector<widgets::Rect>& parts, const float background[3], int height);
  void draw_all(const float background[3]);

  GLFWwindow* window_ = nullptr;
  WindowSize screen_;                  ///< the space for windows when this one was opened
  std::unique_ptr<WindowInput> hand_;  ///< keyboard and mouse
  bool software_ = false;
  std::string renderer_;
  bool keeps_buffer_ = false;  ///< the drawing is still in the buffer after present()
  bool changed_ = true;        ///< there is drawing since the last present()
  double driver_seconds_ = 0;
  DamageTracker damage_;
  PartMesh mesh_;
};

/// Sleeps until an event, at most so many seconds.
void wait_for_events(double seconds);
/// Wakes wait_for_events from any thread.
void wake_window();

}  // namespace lf::app
