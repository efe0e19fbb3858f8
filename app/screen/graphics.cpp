#include "app/screen/graphics.h"

#include <glad/gl.h>
// glad first: GLFW then omits OpenGL's own header.
#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "app/clock.h"
#include "app/screen/native_display.h"
#include "app/screen/screen_fit.h"
#include "base/errors.h"

namespace lf::app {
namespace {

constexpr int kUnknownBars = 64;  ///< pixels
constexpr const char* kHeadless =
    "; the same training without a window: latentflow train --preset fast --figures";

std::string glfw_reason() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text != nullptr ? std::string(" (") + text + ")" : "";
}

/// The part of the main screen that a window may cover, in the units of windows; 0 if unknown.
WindowSize screen_size() {
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (monitor == nullptr) return {};
  int x = 0, y = 0;
  WindowSize size;
  glfwGetMonitorWorkarea(monitor, &x, &y, &size.width, &size.height);
  float scale_x = 1, scale_y = 1;
  glfwGetMonitorContentScale(monitor, &scale_x, &scale_y);
  // A compositor does not report its panels and title bars.
  const GLFWvidmode* mode = glfwGetVideoMode(monitor);
  const bool whole = mode != nullptr && size.height == mode->height;
  if (whole && (on_wayland() || std::getenv("WAYLAND_DISPLAY") != nullptr)) size.height -= kUnknownBars;
  if (!on_wayland()) return size;
  const float scale = usable_scale(scale_x, scale_y, {});  // there windows are measured in effective pixels
  return {static_cast<int>(static_cast<float>(size.width) / scale),
          static_cast<int>(static_cast<float>(size.height) / scale)};
}

/// Factor between the requested size and GLFW's.
float opening_scale(WindowSize screen) {
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (monitor == nullptr || on_wayland()) return 1;
  float x = 1, y = 1;
  glfwGetMonitorContentScale(monitor, &x, &y);
  return usable_scale(x, y, screen);
}

/// A window larger than the screen would hide its t slider below the edge. The size of the window
/// manager's frame is known only after the window was created.
void fit_with_frame(GLFWwindow* window, WindowSize wanted, float scale, WindowSize screen) {
  int left = 0, top = 0, right = 0, bottom = 0;
  glfwGetWindowFrameSize(window, &left, &top, &right, &bottom);
  if (left + right + top + bottom == 0) return;
  const WindowSize size = fitted_window(wanted, scale, screen, {left + right, top + bottom});
  glfwSetWindowSize(window, size.width, size.height);
}

GLFWwindow* open_window(WindowSize wanted) {
  if (glfwInit() != GLFW_TRUE)
    throw InputError("no display to open the window on" + glfw_reason() + kHeadless);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);  // shown once its size is final
  // Depth, stencil and multisampling are not used; without them the software renderer has less to
  // clear.
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  // By this name the desktop finds the icon of the installed program.
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "latentflow");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "latentflow");
  const WindowSize screen = screen_size();
  const float scale = opening_scale(screen);
  const WindowSize size = fitted_window(wanted, scale, screen, {});
  GLFWwindow* window = glfwCreateWindow(size.width, size.height, "Latent Flow Explorer", nullptr, nullptr);
  if (window == nullptr) {
    const std::string reason = glfw_reason();
    glfwTerminate();
    throw InputError("this display does not support OpenGL 3.3" + reason + kHeadless);
  }
  fit_with_frame(window, wanted, scale, screen);
  glfwSetWindowSizeLimits(window, screen.width > 0 ? std::min(kLeastWidth, screen.width) : kLeastWidth,
                          screen.height > 0 ? std::min(kLeastHeight, screen.height) : kLeastHeight,
                          GLFW_DONT_CARE, GLFW_DONT_CARE);
  glfwShowWindow(window);
  glfwMakeContextCurrent(window);
  if (gladLoadGL(glfwGetProcAddress) == 0) {
    glfwDestroyWindow(window);
    glfwTerminate();
    throw InputError(std::string("the OpenGL driver could not be loaded") + kHeadless);
  }
  return window;
}

/// Adds the time of its scope to a sum.
class DriverTime {
 public:
  explicit DriverTime(double& sum) : sum_(sum), began_(seconds_since_start()) {}
  ~DriverTime() { sum_ += seconds_since_start() - began_; }

 private:
  double& sum_;
  double began_;
};

}  // namespace

Graphics::Graphics(int width, int height, Input& input)
    : window_(open_window({width, height})), screen_(screen_size()) {
  const char* name = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  renderer_ = name != nullptr ? name : "unknown";
  for (const char* word : {"llvmpipe", "softpipe", "SwiftShader", "Software"}) {
    software_ = software_ || renderer_.find(word) != std::string::npos;
  }
  // A Wayland compositor that hides the window would block the next frame, and with it the loop:
  // signals, the end of a script. It shows no tearing in any case.
  glfwSwapInterval(software_ || on_wayland() ? 0 : 1);
  probe_buffer();
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui_ImplGlfw_InitForOpenGL(window_, false);  // its callbacks would not keep the order of events
  ImGui_ImplOpenGL3_Init("#version 330 core");
  hand_ = std::make_unique<WindowInput>(window_, input);
}

Graphics::~Graphics() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
  glfwDestroyWindow(window_);
  glfwTerminate();
}

float Graphics::content_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  // Some systems measure windows in effective pixels and scale the drawing themselves.
  const float enlarged = framebuffer_scale();
  return usable_scale(x / enlarged, y / enlarged, screen_);
}

/// ImGui's backend queries both sizes in every frame; over a network, querying again is slow.
float Graphics::framebuffer_scale() const {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.DisplaySize.x > 0) return io.DisplayFramebufferScale.x > 0 ? io.DisplayFramebufferScale.x : 1;
  int width = 0, pixels = 0, height = 0;
  glfwGetWindowSize(window_, &width, &height);
  glfwGetFramebufferSize(window_, &pixels, &height);
  return width > 0 && pixels > 0 ? static_cast<float>(pixels) / static_cast<float>(width) : 1;
}

void Graphics::size(int& width, int& height) const {
  const ImVec2 known = ImGui::GetIO().DisplaySize;
  if (known.x <= 0) return glfwGetWindowSize(window_, &width, &height);
  width = static_cast<int>(known.x);
  height = static_cast<int>(known.y);
}

bool Graphics::close_requested() const { return glfwWindowShouldClose(window_) == GLFW_TRUE; }
void Graphics::clear_close_request() { glfwSetWindowShouldClose(window_, GLFW_FALSE); }

void Graphics::upload_fonts() {
#if IMGUI_VERSION_NUM < 19200
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
#endif
}

void Graphics::begin_frame() {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  hand_->begin_frame();
  ImGui::NewFrame();
}

void Graphics::probe_buffer() {
  // Draws two images of different colours: a driver that copies shows the second one again, one
  // that flips two buffers the first. Only for software drivers, where it matters.
  if (!software_) return;
  for (float shade : {0.25f, 0.75f}) {
    glClearColor(shade, shade, shade, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glfwSwapBuffers(window_);
  }
  // Such drivers use a separate shader to clear a part: it is compiled now, before the worker needs
  // the cores.
  glEnable(GL_SCISSOR_TEST);
  glScissor(16, 16, 8, 8);
  glClear(GL_COLOR_BUFFER_BIT);
  glDisable(GL_SCISSOR_TEST);
  uint8_t pixel[4] = {0, 0, 0, 0};
  glReadPixels(4, 4, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
  keeps_buffer_ = pixel[0] > 150 && pixel[0] < 230;
}

void Graphics::draw_parts(const std::vector<widgets::Rect>& parts, const float background[3], int height) {
  const ImU32 colour = ImGui::ColorConvertFloat4ToU32({background[0], background[1], background[2], 1});
  ImDrawData& drawn = mesh_.cut(*ImGui::GetDrawData(), parts, colour);
  const DriverTime driver(driver_seconds_);
  glEnable(GL_SCISSOR_TEST);
  for (const PartMesh::Ground& ground : mesh_.grounds()) {
    const widgets::Rect& part = ground.part;
    const ImVec4 fill = ImGui::ColorConvertU32ToFloat4(ground.colour);
    glClearColor(fill.x, fill.y, fill.z, 1);
    glScissor(static_cast<int>(part.x), height - static_cast<int>(part.bottom()), static_cast<int>(part.w),
              static_cast<int>(part.h));
    glClear(GL_COLOR_BUFFER_BIT);
  }
  glDisable(GL_SCISSOR_TEST);
  ImGui_ImplOpenGL3_RenderDrawData(&drawn);
}

void Graphics::draw_all(const float background[3]) {
  const DriverTime driver(driver_seconds_);
  glClearColor(background[0], background[1], background[2], 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void Graphics::render(const float background[3], bool everything) {
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  driver_seconds_ = 0;
  ImGui::Render();
  const ImDrawData& data = *ImGui::GetDrawData();
  glViewport(0, 0, width, height);
  // On a scaled display, a part's edge may be inside a pixel.
  const bool scaled = data.FramebufferScale.x != 1 || data.FramebufferScale.y != 1;
  if (!keeps_buffer_ || scaled) {
    draw_all(background);
    changed_ = true;
    return;
  }
  const std::vector<widgets::Rect> parts = damage_.update(data, everything);
  changed_ = !parts.empty();
  if (changed_) draw_parts(parts, background, height);
}

std::vector<uint8_t> Graphics::read_pixels(int& width, int& height) const {
  glfwGetFramebufferSize(window_, &width, &height);
  std::vector<uint8_t> pixels(static_cast<size_t>(width) * static_cast<size_t>(height) * 3);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, pixels.data());
  return pixels;
}

void Graphics::present() {
  const DriverTime driver(driver_seconds_);
  if (changed_) glfwSwapBuffers(window_);
}

void wait_for_events(double seconds) {
  if (seconds <= 0) {
    glfwPollEvents();
  } else {
    glfwWaitEventsTimeout(seconds);
  }
}

void wake_window() { glfwPostEmptyEvent(); }

}  // namespace lf::app
