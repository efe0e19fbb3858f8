// The program: the command line of the core, and the window as one of its hooks.
#include "app/clock.h"
#include "app/screen/frame_bench.h"
#include "app/window_app.h"
#include "cli/cli.h"
#include "protocol/script.h"

namespace {

std::vector<lf::ScriptLine> read_script(const std::string& path) {
  if (path.empty()) return {};
  return lf::parse_script(lf::read_script_file(path), path);
}

/// The default options of every experiment behind a window.
lf::ExperimentOptions window_options() {
  lf::ExperimentOptions options;
  options.assets = lf::default_assets_folder();
  options.runs = lf::default_runs_folder();
  options.judges = lf::default_judges_folder();
  options.falls_back = true;
  return options;
}

int open_window(const lf::cli::WindowArguments& arguments) {
  lf::app::WindowOptions window;
  window.open = arguments.open;
  window.names_model = !arguments.model.empty();
  if (lf::app::is_script_channel(arguments.script))
    window.script_channel = arguments.script;
  else
    window.script = read_script(arguments.script);
  window.frames = arguments.frames;
  window.screenshot = arguments.screenshot;
  window.ui_map = arguments.ui_map;
  window.config_folder = lf::default_config_folder();
  lf::ExperimentOptions experiment = window_options();
  window.runs_folder = experiment.runs;
  experiment.data = arguments.data;
  experiment.model = arguments.model;
  experiment.judge = arguments.judge;
  experiment.tensorboard = arguments.tensorboard;
  window.make_workload = [experiment] { return lf::load_experiment(experiment); };
  return lf::app::run_window(std::move(window));
}

lf::BenchRow frame_bench(const std::string& name) {
  const lf::ExperimentOptions experiment = window_options();
  return lf::app::bench_frames(name, [experiment] { return lf::load_experiment(experiment); });
}

}  // namespace

int main(int argc, char** argv) {
  lf::app::seconds_since_start();
  lf::cli::CliHooks hooks;
  hooks.window = open_window;
  hooks.frame_bench = frame_bench;
  return lf::cli::cli_main(argc, argv, hooks);
}
