#include "cli/cli.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "base/environment.h"
#include "base/errors.h"
#include "base/version.h"
#include "cli/options/argument_order.h"
#include "cli/options/checks.h"
#include "cli/options/number_options.h"
#include "cli/options/shared_options.h"
#include "cli/progress.h"
#include "cli/subcommand.h"
#include "session/standard_streams.h"

namespace lf::cli {
namespace {

constexpr const char* kExamples =
    "Examples:\n"
    "  latentflow                                   the window\n"
    "  latentflow train --preset fast --figures     the same without a window\n"
    "  latentflow sample --count 100 --out x.png    generated digits\n"
    "  latentflow SUBCOMMAND --help                 more about one of them\n";

void add_window_options(CLI::App& app, WindowArguments& window) {
  app.add_option("--model", window.model, "model file or run folder to open in the window")->type_name("F");
  app.add_option("--data", window.data, "folder of the four IDX files")->type_name("DIR");
  add_judge_file(app, window.judge);
  app.add_option("--open", window.open, "file or folder to open: model, run, digits, image of a digit, view")
      ->type_name("F");
  app.add_option("--script", window.script,
                 "run a script in the window; - or a named pipe: its lines as they arrive")
      ->type_name("F");
  add_tensorboard(app, window.tensorboard);
  add_integer(app, "--frames", window.frames, 1, 1'000'000'000, "close after so many frames");
  app.add_option("--screenshot", window.screenshot, "write the last frame as .png")->type_name("F");
  app.add_option("--ui-map", window.ui_map, "write the map of the window as .json")->type_name("F");
}

int open_window(const WindowArguments& window, const CliHooks& hooks) {
  // Model, data and judge are checked by the worker: problems are shown in the window.
  if (!window.screenshot.empty()) check_output_file("--screenshot", window.screenshot, {".png"});
  if (!window.ui_map.empty()) check_output_file("--ui-map", window.ui_map, {".json"});
  if (!window.tensorboard.empty()) check_output_folder("--tensorboard", window.tensorboard);
  check_distinct_files({{"--model", window.model, false},
                        {"--open", window.open, false},
                        {"--script", window.script, false},
                        {"--screenshot", window.screenshot},
                        {"--ui-map", window.ui_map}});
  if (!hooks.window) throw InputError("this build has no window; " + headless_hint());
  if (!display_available())
    throw InputError("no display (DISPLAY and WAYLAND_DISPLAY are not set); " + headless_hint());
  return hooks.window(window);
}

/// Parses and runs; all errors are thrown.
int run(int argc, char** argv, Context& context) {
  CLI::App app{std::string(kProgramName) +
                   ": watch an autoencoder and a flow learn handwritten digits.\n"
                   "Without a subcommand it opens the window.",
               "latentflow"};
  WindowArguments window;
  Action action;
  app.set_version_flag("--version", std::string("latentflow ") + kProgramVersion);
  app.require_subcommand(0, 1);
  app.footer(kExamples);
  add_window_options(app, window);
  for (const auto& subcommand : subcommand_table()) subcommand.add(app, action);
  auto words = ordered_arguments(app, {argv + std::min(argc, 1), argv + argc});
  std::reverse(words.begin(), words.end());  // as the parser takes them
  try {
    app.parse(words);
  } catch (const CLI::Success& success) {  // --help, --version
    return app.exit(success, context.out, context.error);
  } catch (const CLI::ParseError& error) {
    const auto chosen = app.get_subcommands();
    throw InputError(one_line(error.what()) + "; see latentflow " +
                     (chosen.empty() ? "" : chosen[0]->get_name() + " ") + "--help");
  }
  return action ? action(context) : open_window(window, context.hooks);
}

int report(std::ostream& error, const std::string& text, int code) {
  error << "latentflow: " << one_line(text) << std::endl;
  return code;
}

}  // namespace

const std::vector<Subcommand>& subcommand_table() {
  static const std::vector<Subcommand> table{{"train", add_train},
                                             {"sample", add_sample},
                                             {"time-lapse", add_time_lapse},
                                             {"compare", add_compare},
                                             {"share", add_share},
                                             {"reconstruct", add_reconstruct},
                                             {"likelihood", add_likelihood},
                                             {"invert", add_invert},
                                             {"figure", add_figure},
                                             {"lab", add_lab},
                                             {"eval", add_eval},
                                             {"judge", add_judge},
                                             {"export", add_export},
                                             {"bench", add_bench},
                                             {"verify", add_verify},
                                             {"replay", add_replay},
                                             {"speedrun", add_speedrun},
                                             {"runs", add_runs},
                                             {"import", add_import},
                                             {"sweep", add_sweep},
                                             {"info", add_info},
                                             {"run", add_run},
                                             {"completion", add_completion},
                                             {"manual", add_manual}};
  return table;
}

std::string headless_hint() { return "train without one: latentflow train --preset fast --figures"; }

bool display_available() {
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY"}) {
    if (!environment(name).empty()) return true;
  }
  return false;
}

int cli_main(int argc, char** argv, const CliHooks& hooks) {
  open_standard_streams();
  set_core_environment();
  std::ostream& out = hooks.out ? *hooks.out : std::cout;
  std::ostream& error = hooks.error ? *hooks.error : std::cerr;
  Context context{hooks, out, error, !hooks.error && bar_columns(STDERR_FILENO) >= kLeastBarColumns};
  try {
    const int code = run(argc, argv, context);
    out.flush();
    return code == 0 && !out
               ? report(error, "standard output cannot be written (full, or closed by its reader)", 1)
               : code;
  } catch (const InputError& known) {
    return report(error, known.what(), 2);
  } catch (const std::exception& known) {
    return report(error, known.what(), 1);
  }
}

}  // namespace lf::cli
