// latentflow replay: trains a stored run again and compares.
#include <memory>

#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"

namespace lf::cli {
namespace {

constexpr const char* kReplayExplanation =
    "A run records the SHA-256 of its weights after steps 1, 2, 5, 10, 20, 50, ... of each part and at the\n"
    "end. This command trains it again with its seed, settings, digits, threads and later commands, and\n"
    "compares the weights. Nothing is written. The exit code is 1 if a weight differs.\n"
    "\n"
    "Examples:\n"
    "  latentflow replay DIR                      the whole run\n"
    "  latentflow replay DIR --steps 100          its first hundred steps\n"
    "  latentflow replay DIR --from MODEL         of a reflow: the model that it began with\n";

struct ReplayArguments {
  std::string data;
  ReplayCommand command;
  bool json = false;
};

int run_replay(const ReplayArguments& o, Context& context) {
  check_resumable_folder("replay", o.command.folder);
  check_model(o.command.from);
  check_data_folder(o.data);
  Job job = job_of("replay", o.command, o.json);
  job.options.data = o.data;
  job.options.open_model = false;
  return run_and_print(context, job);
}

}  // namespace

void add_replay(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("replay", "train a stored run again and compare its weights byte by byte");
  const auto o = std::make_shared<ReplayArguments>();
  sub->add_option("run", o->command.folder, "run folder")->required()->type_name("DIR");
  const FieldOptions<ReplayCommand> options(*sub, o->command);
  options.add(&ReplayCommand::steps);
  options.add(&ReplayCommand::from)->type_name("F");
  add_data(*sub, o->data);
  sub->add_flag("--json", o->json, "one JSON object per line: every compared step, then a summary");
  sub->footer(kReplayExplanation);
  sub->callback([o, &action] { action = [o](Context& context) { return run_replay(*o, context); }; });
}

}  // namespace lf::cli
