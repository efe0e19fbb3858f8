#include "app/window_app.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <utility>

#include "app/clock.h"
#include "app/input/keys.h"
#include "app/screen/thread_priority.h"
#include "base/errors.h"
#include "files/atomic_write.h"
#include "panels/compare/models.h"
#include "panels/files/state.h"
#include "panels/frame/marks.h"
#include "panels/frame/view_clipboard.h"
#include "panels/frame/window_frame.h"
#include "panels/preview_time.h"
#include "protocol/command_paths.h"
#include "session/stopped_line.h"

namespace lf::app {
namespace {

constexpr int kSettlingFrames = 3;  ///< drawn after the last input
constexpr double kMapInterval = 0.1;
constexpr double kListenInterval = 0.05;  ///< seconds between two looks at a script that is being written
constexpr size_t kRecent = 12;
constexpr double kSameClose = 0.5;  ///< seconds within which a second request to close counts as the first

bool is_scripted(const WindowOptions& options) {
  return !options.script.empty() || !options.script_channel.empty() || options.frames > 0;
}

/// A window driven by a script or a test neither uses nor changes the user's stored settings.
UserMemory memory_for(const WindowOptions& options) {
  return {!is_scripted(options) ? options.config_folder : "", options.open.empty() && !options.names_model};
}

UserState initial_state(const WindowOptions& options, UserMemory& memory) {
  UserState state = memory.read();
  if (options.width > 0) state.width = options.width;
  if (options.height > 0) state.height = options.height;
  // There a dropped run is compared; one that the desktop opens with the program is meant to be shown.
  if (!options.open.empty() && state.view.page == "compare") state.view.page = "explore";
  return state;
}

void add_recent(panels::ViewState& view, const std::string& path) {
  auto& list = view.recent;
  list.erase(std::remove(list.begin(), list.end(), path), list.end());
  list.insert(list.begin(), path);
  if (list.size() > kRecent) list.resize(kRecent);
}

/// If the worker could not be created, the window shows why instead of vanishing.
void describe_failure(Snapshot& snapshot, const std::string& reason) {
  auto run = std::make_shared<RunBlock>();
  run->phase = Phase::Failed;
  run->message = "the core could not be started";
  auto notice = std::make_shared<NoticeBlock>();
  notice->errors = 1;
  notice->error = reason;
  snapshot.run = run;
  snapshot.notice = notice;
}

/// Software rendering allocates and frees blocks of a megabyte in every frame. By default the
/// system maps and clears each again, which costs more than drawing; kept in the heap they are
/// reused.
void keep_large_blocks() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}

}  // namespace

WindowApp::WindowApp(WindowOptions options)
    : options_(std::move(options)),
      memory_(memory_for(options_)),
      user_(initial_state(options_, memory_)),
      graphics_(user_.width, user_.height, input_),
      watch_(graphics_.window(), [this](const char* reason) { end_without_display(reason); }) {
  send_ = [this](Command command) { send(std::move(command)); };
  ScriptRunner::Hands hands;
  hands.send = send_;
  hands.screenshot = [this](const std::string& path) { captures_.push_back(path); };
  hands.complain = [this](const std::string& text) {
    std::fprintf(stderr, "latentflow: %s\n", text.c_str());
    panels::notify(user_.view, text, true, -1);
  };
  hands.runs_root = options_.runs_folder;
  script_ = ScriptRunner(options_.script, std::move(hands));
  if (!options_.script_channel.empty()) script_.listen(ScriptChannel(options_.script_channel));
}

WindowApp::~WindowApp() = default;

void WindowApp::start_worker() {
  Session::Options how;
  how.wake = wake_window;
  how.describe_failure = describe_failure;
  worker_.start(options_.make_workload, how);
  if (!options_.open.empty()) input_.dropped.push_back(options_.open);
  user_.view.set("now.software", graphics_.software() && memory_.keeps());
  if (graphics_.software()) let_other_threads_go_first();  // but not those of the worker, created above
}

void WindowApp::send(Command typed) {
  Command command = with_typed_paths(std::move(typed));
  if (std::holds_alternative<QuitCommand>(command.what)) return begin_close();
  if (const auto* open = std::get_if<OpenCommand>(&command.what)) add_recent(user_.view, open->path);
  worker_.send(std::move(command));
}

void WindowApp::begin_close() {
  if (closing_.began >= 0) return;
  closing_.began = seconds_since_start();
  closing_.errors_before = worker_.errors();
  if (!options_.screenshot.empty()) captures_.push_back(options_.screenshot);
  write_user_state();
  if (worker_.started()) worker_.send(QuitCommand{});
}

bool WindowApp::ended() const {
  if (closing_.began < 0) return false;
  return captures_.empty() && (!worker_.started() || worker_.finished() || closing_.gives_up);
}

/// The close button and signals. After a second request the program does not wait: the last
/// autosave stays. A double click, and a signal that `timeout` or a cluster sends twice, count as
/// one request.
void WindowApp::notice_requests() {
  const int requests = EndSignals::requests();
  if (!graphics_.close_requested() && requests <= closing_.requests_seen) return;
  graphics_.clear_close_request();
  closing_.requests_seen = requests;
  const double now = seconds_since_start();
  if (closing_.began >= 0 && now - closing_.began > kSameClose) std::_Exit(0);
  begin_close();
}

/// True if the last save of a close failed. The worker then waits for the next request.
bool WindowApp::save_failed() const {
  return closing_.began >= 0 && worker_.obeyed_all() && worker_.errors() > closing_.errors_before;
}

/// A close that could not save leaves the window open with the reason, so that the user can act;
/// the next one, and a signal, end the program anyway.
void WindowApp::judge_closing() {
  if (!save_failed() || closing_.gives_up || worker_.finished()) return;
  closing_.gives_up = ++closing_.failed > 1 || closing_.requests_seen > 0;
  if (!closing_.gives_up) closing_.began = -1;
}

/// The final message on standard error, and the exit code.
int WindowApp::end_words() const {
  const bool failed = save_failed();
  if (failed) {
    std::fprintf(stderr, "latentflow: not saved: %s\n", worker_.newest()->notice->error.c_str());
  } else if (closing_.requests_seen > 0 && worker_.started()) {
    std::fprintf(stderr, "latentflow: %s\n", stopped_line(*worker_.newest()).c_str());
  }
  return failed ? 1 : 0;
}

/// May run inside of a call of Xlib: it must neither draw nor query the display.
void WindowApp::end_without_display(const char* reason) {
  if (closing_.began < 0) begin_close();
  while (worker_.started() && !worker_.finished() && !save_failed() && EndSignals::requests() < 2) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  const bool failed = save_failed();
  const std::string outcome = failed              ? "not saved: " + worker_.newest()->notice->error
                              : worker_.started() ? stopped_line(*worker_.newest())
                                                  : "no training was running";
  std::fprintf(stderr, "latentflow: the display closed the connection (%s); %s\n", reason, outcome.c_str());
  writer_.flush();
}

panels::PanelContext WindowApp::context() {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  return {worker_.shown(), user_.view, ui_, cache_, send_, {0, 0, size.x, size.y}};
}

PacingState WindowApp::pacing(double now) const {
  PacingState p;
  p.software = graphics_.software();
  p.training = worker_.shown().run->running;
  p.hidden = input_.hidden;
  p.moving = panels::t_plays(worker_.shown(), user_.view) || options_.frames > 0 || !script_.done() ||
             closing_.began >= 0 || !captures_.empty() || !user_.view.picture_wanted.empty();
  p.input = input_.touched || settling_frames_ > 0;
  p.news = worker_.has_news();
  p.last_frame = last_frame_;
  p.now = now;
  p.wake_at = ui_.wake_at;
  return p;
}

/// How long nothing needs attention.
double WindowApp::idle_seconds() const {
  double sleep = last_frame_ < 0 ? 0 : seconds_to_sleep(pacing(seconds_since_start()));
  if (map_waits_) sleep = std::min(sleep, map_written_ + kMapInterval - seconds_since_start());
  return script_.listening() ? std::min(sleep, kListenInterval) : sleep;
}

void WindowApp::turn() {
  wait_for_events(idle_seconds());
  if (script_.listening() && script_.take_lines()) map_waits_ = !options_.ui_map.empty();
  watch_.look(seconds_since_start());
  notice_requests();
  judge_closing();
  if (map_waits_ && seconds_since_start() - map_written_ >= kMapInterval) write_ui_map();
  const PacingState p = pacing(seconds_since_start());
  if (last_frame_ >= 0 && seconds_to_sleep(p) > 0.0005) return;
  const bool idle = !p.moving && !p.input && !p.news && p.wake_at > p.now;
  if (last_frame_ >= 0 && idle) return;
  draw_frame();
  if (memory_.due(seconds_since_start())) write_user_state();
}

int WindowApp::run() {
  while (!ended()) {
    turn();
    // The worker starts after the first image: loading the core would compete with it for the
    // processor.
    if (!worker_.started()) start_worker();
  }
  const int code = end_words();
  writer_.flush();
  const std::string error = writer_.take_error();
  if (error.empty()) return code;
  std::fprintf(stderr, "latentflow: %s\n", error.c_str());
  return 1;
}

/// A small file with views is read here; everything else is the worker's.
void WindowApp::open_dropped(const panels::PanelContext& c, const std::string& path) {
  if (!panels::is_view_file(path)) return send(panels::dropped_command(c.view, c.snapshot, path));
  constexpr uint64_t kMostBytes = 64 << 10;
  try {
    const auto bytes = files::read_file(path, kMostBytes);
    panels::show_views(c, std::string(bytes.begin(), bytes.end()), path);
  } catch (const InputError& unreadable) {
    panels::notify(user_.view, unreadable.what(), true, ui_.time);
  }
}

void WindowApp::take_input(const panels::PanelContext& c) {
  // ImGui notices a release one frame after its press, and the effect of a click is visible one
  // frame later. Without further input, nothing else would cause these frames.
  settling_frames_ = input_.touched ? kSettlingFrames : std::max(0, settling_frames_ - 1);
  if (obey_keys(c, input_)) begin_close();
  for (const std::string& path : input_.dropped) open_dropped(c, path);
  input_.keys.clear();
  input_.characters.clear();
  input_.dropped.clear();
  input_.touched = graphics_.input_waits();
}

/// The system's dialog is a program of its own: this only starts it and looks for its answer.
void WindowApp::run_file_dialog(const panels::PanelContext& c) {
  constexpr double kLookAgain = 0.1;
  panels::ViewState& view = user_.view;
  if (!view.files) return;
  if (view.text(panels::kSystemDialog, "") == "asked")
    dialog_.start(panels::files_mode(view), view.text("now.files.path", ""));
  const std::optional<std::string> chosen = dialog_.take_choice();
  if (chosen && !chosen->empty()) panels::choose_file(c, *chosen);
  const bool there = dialog_.is_open() || !FileDialog::program().empty();
  view.set(panels::kSystemDialog, std::string(dialog_.is_open() ? "open" : there ? "there" : ""));
  if (dialog_.is_open()) ui_.wake_after(kLookAgain);
}

void WindowApp::draw_frame() {
  const double began = seconds_since_start();
  const bool obeyed = worker_.settled();  // asked before the snapshot is taken
  worker_.look();
  script_.advance(worker_.shown(), obeyed, began, user_.view);
  faces_.update(graphics_, user_.view, ui_);
  widgets::begin_ui_frame(ui_, began, last_frame_ < 0 ? 0.016f : static_cast<float>(began - last_frame_));
  graphics_.begin_frame();
  panels::PanelContext c = context();
  memory_.restore_view(c);
  take_input(c);
  if (panels::t_plays(worker_.shown(), user_.view))
    panels::advance_t(user_.view, std::min(0.1, static_cast<double>(ui_.dt)));
  // A very short save needs no announcement.
  user_.view.closing = closing_.began >= 0 && began - closing_.began > 0.12;
  run_file_dialog(c);
  panels::draw_window_frame(c);
  const ImVec4 back = widgets::to_vec4(ui_.colours().window);
  const float background[] = {back.x, back.y, back.z};
  const bool fonts_changed = faces_.take_change();
  graphics_.render(background, fonts_changed || input_.uncovered);
  input_.uncovered = false;
  after_frame(began);
}

void WindowApp::after_frame(double began) {
  for (const std::string& path : captures_) capture(path);
  captures_.clear();
  if (!user_.view.picture_wanted.empty()) capture_tool(std::exchange(user_.view.picture_wanted, ""));
  graphics_.present();
  const double now = seconds_since_start();
  if (last_frame_ < 0) first_frame_ = now;
  stats_.frame(began, now - began, graphics_.driver_seconds());
  time_look_back(began, now);
  if (user_.view.dragging_t && input_.cursor_time >= 0) stats_.drag(now - input_.cursor_time);
  input_.cursor_time = -1;
  last_frame_ = began;
  graphics_.size(width_, height_);
  user_.width = static_cast<int>(std::lround(static_cast<float>(width_) / faces_.content_scale()));
  user_.height = static_cast<int>(std::lround(static_cast<float>(height_) / faces_.content_scale()));
  map_waits_ = !options_.ui_map.empty();
  // A new page is reported at once, so that its delay can be measured from outside.
  if (now - map_written_ >= kMapInterval || user_.view.page != map_page_) write_ui_map();
  if (options_.frames > 0 && stats_.count() >= options_.frames) begin_close();
}

/// From the start of the frame that asks to the end of the one that shows.
void WindowApp::time_look_back(double began, double now) {
  look_back_.asked(user_.view.step_asked, panels::step_known(worker_.shown(), user_.view), began);
  if (panels::step_shown(worker_.shown(), user_.view)) look_back_.shown(user_.view.step_asked, now);
}

/// The part of the frame with the open lab tool.
void WindowApp::capture_tool(const std::string& path) {
  int width = 0, height = 0;
  const std::vector<uint8_t> frame = graphics_.read_pixels(width, height);
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const float* area = user_.view.tool_area;
  const float scale = static_cast<float>(width) / std::max(1.0f, size.x);
  const int left = std::clamp(static_cast<int>(area[0] * scale), 0, width);
  const int top = std::clamp(static_cast<int>(area[1] * scale), 0, height);
  const int w = std::clamp(static_cast<int>(area[2] * scale), 0, width - left);
  const int h = std::clamp(static_cast<int>(area[3] * scale), 0, height - top);
  if (w <= 0 || h <= 0) return;
  std::vector<uint8_t> part;
  part.reserve(static_cast<size_t>(w) * static_cast<size_t>(h) * 3);
  for (int row = 0; row < h; ++row) {  // both begin with the bottom row
    const auto begin =
        frame.begin() + (static_cast<std::ptrdiff_t>(height - top - h + row) * width + left) * 3;
    part.insert(part.end(), begin, begin + static_cast<std::ptrdiff_t>(w) * 3);
  }
  writer_.screenshot(path, w, h, std::move(part));
  user_.view.set("now.lab.saved", std::to_string(ui_.time));
}

void WindowApp::capture(const std::string& path) {
  int width = 0, height = 0;
  std::vector<uint8_t> pixels = graphics_.read_pixels(width, height);
  writer_.screenshot(path, width, height, std::move(pixels));
}

void WindowApp::write_user_state() {
  if (!memory_.keeps()) return;
  std::string text = memory_.changed_text(user_, worker_.shown());
  if (!text.empty()) writer_.text(user_state_path(options_.config_folder), std::move(text), true);
}

WindowReport WindowApp::report() const {
  return {1000 * first_frame_,           stats_.milliseconds_median(),
          stats_.milliseconds_min(),     stats_.own_milliseconds_median(),
          stats_.own_milliseconds_min(), stats_.count()};
}

void prepare_window_process() {
  keep_large_blocks();
  // Drawing and training share the cores: additional threads of the software renderer take more
  // from training than they give to drawing. Without its own thread it draws on the window's, with
  // the window's priority. Must be set before the driver is loaded; the user's own setting is kept.
  setenv("LP_NUM_THREADS", "0", 0);
}

int run_window(WindowOptions options) {
  prepare_window_process();
  WindowApp app(std::move(options));
  return app.run();
}

}  // namespace lf::app
