// The command line: every subcommand, and the call that opens the window.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "api/experiment.h"
#include "protocol/bench.h"

namespace lf::cli {

/// `latentflow` without a subcommand: the window's options.
struct WindowArguments {
  std::string model;        ///< model file or run folder; "" is the newest run's, then the bundled one
  std::string data;         ///< folder of IDX files; "" searches
  std::string judge;        ///< judge file to score with; "" is the one for the data
  std::string open;         ///< file or folder that is opened as if it were dropped on the window
  std::string script;       ///< script to run in the window; "-" or a named pipe: as it is written
  std::string tensorboard;  ///< folder of TensorBoard's event files; "" writes none
  int64_t frames = 0;       ///< close after so many frames; 0 never
  std::string screenshot;   ///< PNG of the last frame
  std::string ui_map;       ///< where to write the ui-map of the window
};

/// What `main` passes to the command line: the target links only the core, and the window is passed
/// as a function.
struct CliHooks {
  /// Runs the window, returns the exit code; may throw InputError (no display) or RunError. Null: this build
  /// has no window.
  std::function<int(const WindowArguments&)> window;
  /// Measures one of the window's rows of bench_table(). Null: there are none.
  std::function<BenchRow(const std::string& name)> frame_bench;
  /// Makes the workload.
  std::function<std::unique_ptr<Workload>(const ExperimentOptions&)> load = load_experiment;
  /// The LibTorch version, for `info`.
  std::function<std::string()> torch_version = core_torch_version;
  /// The accelerator, if any.
  std::function<AcceleratorFacts()> accelerator = core_accelerator;
  std::ostream* out = nullptr;    ///< results; null is std::cout
  std::ostream* error = nullptr;  ///< messages and progress; null is std::cerr
};

/// Runs the program. Returns 0 done, 1 failed while running, 2 bad input; errors are one line on `error`.
int cli_main(int argc, char** argv, const CliHooks& hooks);

/// What to do if no window can be opened, as the end of an error line.
std::string headless_hint();

/// True when the environment names an X or Wayland display.
bool display_available();

}  // namespace lf::cli
