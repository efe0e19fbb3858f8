#include "app/graphics.h"

#include <glad/gl.h>
// glad first: GLFW then leaves OpenGL's own header out.
#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <cfloat>
#include <cstdlib>
#include <cstring>

#include "app/clock.h"
#include "messages/errors.h"

namespace lf {
namespace {

constexpr const char* kHeadless =
    "; without a window the same main job is: latentflow train --preset fast --figures";

Input& input_of(GLFWwindow* window) { return *static_cast<Input*>(glfwGetWindowUserPointer(window)); }

void on_key(GLFWwindow* window, int key, int, int action, int mods) {
  Input& input = input_of(window);
  input.touched = true;
  if (action == GLFW_RELEASE) return;
  input.keys.push_back(
      {key, (mods & GLFW_MOD_CONTROL) != 0, (mods & GLFW_MOD_SHIFT) != 0, action == GLFW_REPEAT});
}

void on_character(GLFWwindow* window, unsigned code) {
  input_of(window).characters.push_back(code);
  input_of(window).touched = true;
}

void on_cursor(GLFWwindow* window, double x, double y) {
  Input& input = input_of(window);
  input.touched = true;
  // The first report is only where the mouse lay when the window opened below it.
  input.cursor_seen =
      input.cursor_seen || (input.cursor_x >= 0 && (x != input.cursor_x || y != input.cursor_y));
  input.cursor_x = x;
  input.cursor_y = y;
  if (input.cursor_time < 0) input.cursor_time = seconds_since_start();
}

void on_button(GLFWwindow* window, int, int, int) { input_of(window).touched = true; }
void on_scroll(GLFWwindow* window, double, double) { input_of(window).touched = true; }
void on_size(GLFWwindow* window, int, int) { input_of(window).touched = input_of(window).uncovered = true; }
void on_refresh(GLFWwindow* window) { input_of(window).touched = input_of(window).uncovered = true; }

void on_drop(GLFWwindow* window, int count, const char** paths) {
  for (int i = 0; i < count; ++i) input_of(window).dropped.emplace_back(paths[i]);
  input_of(window).touched = true;
}

void install_callbacks(GLFWwindow* window) {
  glfwSetKeyCallback(window, on_key);
  glfwSetCharCallback(window, on_character);
  glfwSetCursorPosCallback(window, on_cursor);
  glfwSetMouseButtonCallback(window, on_button);
  glfwSetScrollCallback(window, on_scroll);
  glfwSetFramebufferSizeCallback(window, on_size);
  glfwSetWindowRefreshCallback(window, on_refresh);
  glfwSetDropCallback(window, on_drop);
}

std::string glfw_reason() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text != nullptr ? std::string(" (") + text + ")" : "";
}

/// A window larger than the screen would hide its t slider below the edge.
static void fit_to_screen(int& width, int& height) {
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (monitor == nullptr) return;
  int x = 0, y = 0, most_width = 0, most_height = 0;
  glfwGetMonitorWorkarea(monitor, &x, &y, &most_width, &most_height);
  if (most_width > 0) width = std::min(width, most_width);
  if (most_height > 0) height = std::min(height, most_height);
}

GLFWwindow* open_window(int width, int height) {
  if (glfwInit() != GLFW_TRUE)
    throw InputError("no display to open the window on" + glfw_reason() + kHeadless);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  // Depth, stencil and multisampling are never used; without them the software renderer has less to clear.
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  fit_to_screen(width, height);
  GLFWwindow* window = glfwCreateWindow(width, height, "Latent Flow Explorer", nullptr, nullptr);
  if (window == nullptr) {
    const std::string reason = glfw_reason();
    glfwTerminate();
    throw InputError("this display offers no OpenGL 3.3" + reason + kHeadless);
  }
  glfwMakeContextCurrent(window);
  if (gladLoadGL(glfwGetProcAddress) == 0) {
    glfwDestroyWindow(window);
    glfwTerminate();
    throw InputError(std::string("the OpenGL driver could not be loaded") + kHeadless);
  }
  return window;
}

/// Adds the time until it goes to a sum.
class DriverTime {
 public:
  explicit DriverTime(double& sum) : sum_(sum), began_(seconds_since_start()) {}
  ~DriverTime() { sum_ += seconds_since_start() - began_; }

 private:
  double& sum_;
  double began_;
};

}  // namespace

Graphics::Graphics(int width, int height, Input& input) : window_(open_window(width, height)) {
  const char* name = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  renderer_ = name != nullptr ? name : "unknown";
  for (const char* word : {"llvmpipe", "softpipe", "SwiftShader", "Software"}) {
    software_ = software_ || renderer_.find(word) != std::string::npos;
  }
  glfwSwapInterval(software_ ? 0 : 1);
  glfwSetWindowUserPointer(window_, &input);
  glfwSetWindowSizeLimits(window_, 480, 360, GLFW_DONT_CARE, GLFW_DONT_CARE);
  probe_buffer();
  install_callbacks(window_);  // before ImGui's, which call ours in turn
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui_ImplGlfw_InitForOpenGL(window_, true);
  ImGui_ImplOpenGL3_Init("#version 330 core");
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
  return std::clamp(std::max(x, y), 1.0f, 4.0f);
}

void Graphics::size(int& width, int& height) const { glfwGetWindowSize(window_, &width, &height); }

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
  // Where the mouse lies before it is touched means nothing: no tooltip, no highlight.
  if (!input_of(window_).cursor_seen) ImGui::GetIO().MousePos = {-FLT_MAX, -FLT_MAX};
  ImGui::NewFrame();
}

void Graphics::probe_buffer() {
  // Two pictures of different colours: a driver that copies shows the second one again, one that flips two
  // buffers the first. Asked of software drivers only, where it is worth it.
  if (!software_) return;
  for (float shade : {0.25f, 0.75f}) {
    glClearColor(shade, shade, shade, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glfwSwapBuffers(window_);
  }
  // Clearing a part is a shader of its own in such drivers: compiled now, before the worker wants the cores.
  glEnable(GL_SCISSOR_TEST);
  glScissor(16, 16, 8, 8);
  glClear(GL_COLOR_BUFFER_BIT);
  glDisable(GL_SCISSOR_TEST);
  uint8_t pixel[4] = {0, 0, 0, 0};
  glReadPixels(4, 4, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
  keeps_buffer_ = pixel[0] > 150 && pixel[0] < 230;
}

void Graphics::draw_parts(const std::vector<Rect>& parts, const float background[3], int height) {
  ImDrawData& drawn = mesh_.cut(*ImGui::GetDrawData(), parts);
  const DriverTime driver(driver_seconds_);
  glEnable(GL_SCISSOR_TEST);
  glClearColor(background[0], background[1], background[2], 1);
  for (const Rect& part : parts) {
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
  // Where the display is scaled, a part's edge may fall inside of a pixel.
  const bool scaled = data.FramebufferScale.x != 1 || data.FramebufferScale.y != 1;
  if (!keeps_buffer_ || scaled) {
    draw_all(background);
    changed_ = true;
    return;
  }
  const std::vector<Rect> parts = damage_.update(data, everything);
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

}  // namespace lf
