// latentflow bench: the speed of each part on this machine.
#include "protocol/bench.h"

#include <memory>

#include "base/errors.h"
#include "cli/job.h"
#include "cli/options/known_values.h"
#include "cli/options/setting_commands.h"
#include "cli/subcommand.h"

namespace lf::cli {
namespace {

struct BenchOptions {
  std::vector<std::string> names, assignments;
  bool json = false;
};

/// The requested names, separated into core and window rows; all of this build if none is named.
struct BenchPlan {
  std::vector<std::string> core, window;
};

BenchPlan make_plan(const std::vector<std::string>& names, bool with_window) {
  BenchPlan plan;
  std::vector<std::string> wanted = names;
  for (const auto& info : bench_table()) {
    if (names.empty() && (with_window || !info.window)) wanted.push_back(info.name);
  }
  for (const auto& name : wanted) {
    const auto& info = bench_info(name);
    if (info.window && !with_window) {
      throw InputError("bench " + name + " needs the window, and " + headless_hint());
    }
    (info.window ? plan.window : plan.core).push_back(info.name);
  }
  return plan;
}

void bench_window(const BenchPlan& plan, bool json, Context& context) {
  if (!json && plan.core.empty())
    context.out << bench_heading() << std::endl;  // otherwise the core's table includes it
  for (const auto& name : plan.window) {
    const auto row = context.hooks.frame_bench(name);
    context.out << (json ? bench_json(row) : bench_line(row)) << std::endl;
  }
}

int run_bench(const BenchOptions& o, Context& context) {
  // Measurements in a window use the window's own settings.
  const bool every = o.names.empty() && o.assignments.empty();
  const bool with_window = context.hooks.frame_bench && display_available() && (every || !o.names.empty());
  const auto plan = make_plan(o.names, with_window);
  auto settings = setting_commands("fast", {}, o.assignments);
  if (!o.assignments.empty() && !plan.window.empty())
    throw InputError("--set applies only to parts that need no window; leave " + plan.window.front() +
                     " out");
  if (!plan.core.empty()) {
    Job job = job_of("bench", BenchCommand{plan.core}, o.json);
    job.options.open_model = false;
    job.options.allow_download = false;
    job.settings = std::move(settings);
    run_and_print(context, job);
  }
  bench_window(plan, o.json, context);
  return 0;
}

std::string examples() {
  std::string text =
      "Examples:\n  latentflow bench\n  latentflow bench --json flow-step sample-100\n"
      "  latentflow bench flow-step --set flow.width=128\n\nNames:\n";
  for (const auto& info : bench_table()) {
    text += "  " + info.name + std::string(info.name.size() < 21 ? 21 - info.name.size() : 1, ' ') +
            info.meaning + "\n";
  }
  return text;
}

std::vector<std::string> bench_names() {
  std::vector<std::string> names;
  for (const auto& info : bench_table()) names.push_back(info.name);
  return names;
}

}  // namespace

void add_bench(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("bench", "speed of each part, and of a reference product on this machine");
  const auto o = std::make_shared<BenchOptions>();
  offer(sub->add_option("NAME", o->names, "what to measure (default: everything)"), bench_names());
  offer_settings(
      sub->add_option("--set", o->assignments, "settings for the measurement, see train --help-settings")
          ->type_name("KEY=VALUE"));
  sub->add_flag("--json", o->json, "one JSON object per line on standard output");
  sub->footer(examples());
  sub->callback([o, &action] { action = [o](Context& context) { return run_bench(*o, context); }; });
}

}  // namespace lf::cli
