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

namespace lf {

/// The window of the system with its OpenGL 3.3 context and ImGui's two backends; ends them in order.
class Graphics {
 public:
  /// Of this size in effective pixels, or what the screen has room for. Throws InputError (one line, naming
  /// the headless way) without a display or OpenGL 3.3.
  Graphics(int width, int height, Input& input);
  ~Graphics();
  Graphics(const Graphics&) = delete;
  Graphics& operator=(const Graphics&) = delete;

  /// Real pixels per effective pixel of the display.
  float content_scale() const;
  /// True where the processor draws (llvmpipe and the like).
  bool software() const { return software_; }
  const std::string& renderer() const { return renderer_; }
  /// Of the window, as the frame drawn last had it.
  void size(int& width, int& height) const;

  GLFWwindow* window() const { return window_; }
  /// Keyboard and mouse did more than the last frame could take.
  bool input_waits() const { return hand_->waiting(); }

  bool close_requested() const;
  void clear_close_request();

  /// Hands ImGui's font atlas to OpenGL anew.
  void upload_fonts();
  void begin_frame();
  /// Ends ImGui's frame and draws what it collected over this background; the picture is shown by present().
  /// Where the buffer is kept between frames only what changed is drawn; `everything` says that all did.
  void render(const float background[3], bool everything);
  /// Seconds that OpenGL's driver took of the frame drawn last: drawing and handing over.
  double driver_seconds() const { return driver_seconds_; }
  /// The picture drawn last, RGB rows from the bottom; call before present().
  std::vector<uint8_t> read_pixels(int& width, int& height) const;
  void present();

 private:
  void probe_buffer();
  float framebuffer_scale() const;
  void draw_parts(const std::vector<Rect>& parts, const float background[3], int height);
  void draw_all(const float background[3]);

  GLFWwindow* window_ = nullptr;
  WindowSize screen_;                  ///< the room for windows, when this one was opened
  std::unique_ptr<WindowInput> hand_;  ///< keyboard and mouse
  bool software_ = false;
  std::string renderer_;
  bool keeps_buffer_ = false;  ///< what was drawn is still there after present()
  bool changed_ = true;        ///< something was drawn since the last present()
  double driver_seconds_ = 0;
  DamageTracker damage_;
  PartMesh mesh_;
};

/// Sleeps until something happens, at most so many seconds.
void wait_for_events(double seconds);
/// Wakes wait_for_events from any thread.
void wake_window();

}  // namespace lf
