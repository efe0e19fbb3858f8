// The window thread: owns the window and everything that is drawn in it, and runs its loop.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/file_dialog.h"
#include "app/input/input.h"
#include "app/screen/display_watch.h"
#include "app/screen/faces.h"
#include "app/screen/frame_stats.h"
#include "app/screen/graphics.h"
#include "app/screen/look_back_times.h"
#include "app/screen/pacing.h"
#include "app/script_runner.h"
#include "app/user_memory.h"
#include "app/user_state.h"
#include "app/worker_link.h"
#include "app/writer.h"
#include "panels/panel.h"
#include "protocol/script.h"
#include "session/end_signals.h"
#include "session/session.h"

namespace lf::app {

/// Options of the window.
struct WindowOptions {
  Session::Factory make_workload;  ///< runs on the worker, after the first frame was submitted
  std::string config_folder;       ///< of state.json; "" stores nothing
  std::string runs_folder;         ///< of runs that a script names without a path
  std::string open;                ///< file or folder that is opened as if it were dropped; "" none
  bool names_model = false;  ///< the call names the model to show: the last session's view is not restored
  std::vector<ScriptLine> script;
  std::string script_channel;  ///< "-" or a named pipe from which lines are taken as they arrive; "" none
  int64_t frames = 0;          ///< end after so many frames; 0 never
  std::string screenshot;      ///< PNG of the last frame; "" none
  std::string ui_map;          ///< ui-map of the window, ten times per second and at each new page; "" none
  int width = 0, height = 0;   ///< 0: as stored
};

/// Results of a finished window, for the frame benches.
struct WindowReport {
  double first_frame_ms = 0;
  double frame_ms_median = 0, frame_ms_min = 0;
  double own_ms_median = 0, own_ms_min = 0;  ///< without the driver
  long frames = 0;
};

/// The end of a window, from the first request on.
struct Closing {
  double began = -1;
  int requests_seen = 0;  ///< of signals
  uint64_t errors_before = 0;
  int failed = 0;         ///< closes that could not save
  bool gives_up = false;  ///< ends although the last save failed
};

/// The window: one loop that collects input, draws when there is a reason to, and passes on what
/// must be written. It never waits for the worker and never computes.
class WindowApp {
 public:
  /// Opens the window. Throws InputError without a display or OpenGL 3.3.
  explicit WindowApp(WindowOptions options);
  ~WindowApp();
  /// Runs until the window is closed and the worker has saved. Returns the exit code.
  int run();
  WindowReport report() const;

 private:
  void start_worker();
  void send(Command command);
  void turn();
  double idle_seconds() const;
  void draw_frame();
  void open_dropped(const panels::PanelContext& c, const std::string& path);
  void take_input(const panels::PanelContext& c);
  void after_frame(double began);
  void capture(const std::string& path);
  void run_file_dialog(const panels::PanelContext& c);
  void time_look_back(double began, double now);
  void capture_tool(const std::string& path);
  void write_ui_map();
  void write_user_state();
  void begin_close();
  void notice_requests();
  void judge_closing();
  bool save_failed() const;
  int end_words() const;
  void end_without_display(const char* reason);
  bool ended() const;
  panels::PanelContext context();
  PacingState pacing(double now) const;
  std::string ui_map_text(int width, int height) const;

  EndSignals signals_{SecondRequest::Counts};  // first: needed while the window opens and closes
  WindowOptions options_;
  UserMemory memory_;
  UserState user_;
  Input input_;
  int settling_frames_ = 0;  ///< remaining frames after the last input
  Graphics graphics_;
  DisplayWatch watch_;
  Writer writer_;
  widgets::Ui ui_;
  panels::PanelCache cache_;
  FrameStats stats_;
  LookBackTimes look_back_;
  ScriptRunner script_;
  int width_ = 0, height_ = 0;  // as GLFW measures the window
  Faces faces_;
  std::string map_page_;    // the page in the ui-map
  bool map_waits_ = false;  // a frame was drawn that is not in the ui-map yet
  double last_frame_ = -1, first_frame_ = 0, map_written_ = -1;
  std::vector<std::string> captures_;
  Closing closing_;
  std::function<void(Command)> send_;
  FileDialog dialog_;
  WorkerLink worker_;  // last: it is joined before anything else goes
};

/// Process-wide setup before a window: software rendering on the window's thread.
void prepare_window_process();

/// Opens the window and runs it; returns the exit code. Signals that request the end close it like
/// the close button.
int run_window(WindowOptions options);

}  // namespace lf::app
