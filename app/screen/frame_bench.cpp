#include "app/screen/frame_bench.h"

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "app/clock.h"
#include "app/window_app.h"
#include "base/errors.h"
#include "base/paths.h"
#include "base/user_folders.h"

namespace lf::app {
namespace {

constexpr int64_t kFirstFrames = 3, kIdleFrames = 150, kTrainingFrames = 200;

/// A temporary run folder: a measurement leaves no files.
class ScratchFolder {
 public:
  ScratchFolder() : path_(temporary_files() / ("latentflow-bench-" + std::to_string(getpid()))) {}
  ~ScratchFolder() { remove_tree(path_); }
  std::string text() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace

BenchRow bench_frames(const std::string& name, Session::Factory make_workload) {
  // An X server may reset itself when its last client leaves, and then refuse connections for a
  // moment: the previous row's window was such a client.
  static bool any_before = false;
  if (any_before) std::this_thread::sleep_for(std::chrono::milliseconds(700));
  any_before = true;
  const ScratchFolder scratch;
  WindowOptions options;
  options.make_workload = std::move(make_workload);
  options.width = 1440, options.height = 900;
  options.frames = name == "first-frame" ? kFirstFrames : kIdleFrames;
  const bool own = name == "frame-own";
  if (name == "frame-training" || own) {
    options.frames = kTrainingFrames;
    TrainCommand train;
    train.preset = "fast";
    train.out = scratch.text();
    options.script = parse_script(format_command(train) + "\n", "bench");
  } else if (name != "first-frame" && name != "frame-idle") {
    throw InputError("bench " + name +
                     " is not a row of the window; the rows are first-frame, frame-idle, frame-training, "
                     "frame-own");
  }
  const double began = seconds_since_start();
  prepare_window_process();
  WindowApp app(std::move(options));
  app.run();
  const WindowReport report = app.report();
  BenchRow row;
  row.name = name;
  const bool first = name == "first-frame";
  row.ms_median = first ? report.first_frame_ms - 1000 * began
                  : own ? report.own_ms_median
                        : report.frame_ms_median;
  row.ms_min = first ? row.ms_median : own ? report.own_ms_min : report.frame_ms_min;
  row.runs = first ? 1 : report.frames;
  return row;
}

}  // namespace lf::app
