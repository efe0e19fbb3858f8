// latentflow run SCRIPT: a recorded session without the window.
#include <chrono>
#include <memory>
#include <thread>

#include "base/errors.h"
#include "cli/driver.h"
#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"
#include "protocol/script.h"
#include "session/stopped_line.h"

namespace lf::cli {
namespace {

constexpr const char* kRunScriptExamples =
    "Example of a script ('#' starts a comment):\n"
    "  train preset=tiny steps=200\n"
    "  wait flow.step>=100\n"
    "  set preview.guidance 2\n"
    "  wait phase=done\n"
    "  sample count=100 out=digits.png\n"
    "\n"
    "Lines that need a window (page, t, screenshot, …) are skipped and reported. After the last line, the\n"
    "program ends when all work is done; `quit` ends it at once. The run is saved in both cases.\n";

/// Executes the lines of a script one after the other.
class ScriptRun {
 public:
  ScriptRun(std::string name, Driver& driver, Context& context)
      : name_(std::move(name)), driver_(driver), context_(context) {}

  void run(const std::vector<ScriptLine>& lines) {
    driver_.load();
    print_results();
    for (const auto& line : lines) {
      if (driver_.interrupted() || driver_.finished()) break;
      line_ = &line;
      std::visit([this](const auto& action) { obey(action); }, line.action);
    }
    while (!driver_.interrupted() && driver_.turn()) print_results();
    print_results();
  }

 private:
  void obey(const Command& command) {
    driver_.apply(command);
    driver_.look();
    print_results();
  }

  void obey(const ViewAction&) { say("skipped '" + line_->text + "': there is no window"); }

  void obey(const WaitAction& wait) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(wait.seconds);
    const bool timed = wait.name.empty();
    while (!driver_.interrupted() && !driver_.finished()) {
      if (timed ? std::chrono::steady_clock::now() >= end : wait_satisfied(wait, driver_.snapshot())) return;
      const bool more = driver_.turn();
      print_results();
      if (more) continue;
      if (!timed && !wait_satisfied(wait, driver_.snapshot())) refuse_endless(wait);
      if (timed) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  [[noreturn]] void refuse_endless(const WaitAction& wait) const {
    const auto now = script_value(wait.name, driver_.snapshot());
    throw RunError(place() + "'" + line_->text + "' can never become true: nothing is running and " +
                   wait.name + (now.empty() ? " is not known" : " is " + now));
  }

  std::string place() const { return name_ + ":" + std::to_string(line_->number) + ": "; }
  void say(const std::string& text) { context_.error << "latentflow: " << place() << text << std::endl; }
  void print_results() {
    warned_ = print_warnings(context_.error, *driver_.snapshot().log, warned_);
    for (const auto& result : driver_.new_results()) {
      if (!result.ok) throw RunError(result.text);
      print_result(context_.out, result);
    }
    context_.out.flush();
  }

  std::string name_;
  Driver& driver_;
  Context& context_;
  const ScriptLine* line_ = nullptr;
  size_t warned_ = 0;  ///< lines of the log whose warnings are printed
};

struct RunOptions {
  std::string script, model, data, judge;
};

int run_script(const RunOptions& o, Context& context) {
  check_model(o.model);
  check_data_folder(o.data);
  const std::string& path = o.script;
  const auto lines = parse_script(read_script_file(path), path);
  check_judge(o.judge);
  auto options = headless_options();
  options.model = o.model;
  options.data = o.data;
  options.judge = o.judge;
  options.previews = true;  // a recorded session may wait for previews and scores
  const auto progress = make_progress(context.error, context.terminal);
  const EndSignals signals;
  Driver driver(context.hooks.load(options), *progress);
  ScriptRun(path, driver, context).run(lines);
  driver.quit();
  if (driver.interrupted()) context.error << "latentflow: " << stopped_line(driver.snapshot()) << "\n";
  return 0;
}

}  // namespace

void add_run(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("run", "run a script without the window");
  const auto o = std::make_shared<RunOptions>();
  sub->add_option("SCRIPT", o->script, "text file, one action per line")->required();
  add_model(*sub, o->model, "model file or run folder to start with (default: the bundled model)");
  add_data(*sub, o->data);
  add_judge_file(*sub, o->judge);
  sub->footer(kRunScriptExamples);
  sub->callback([o, &action] { action = [o](Context& context) { return run_script(*o, context); }; });
}

}  // namespace lf::cli
