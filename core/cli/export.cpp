// latentflow export: bare weights under their Python names.
#include <memory>

#include "base/errors.h"
#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/known_values.h"
#include "cli/options/option_rules.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"

namespace lf::cli {
namespace {

constexpr const char* kExportExamples =
    "Examples:\n"
    "  latentflow export --part ema --out ema.safetensors                         of the newest run\n"
    "  latentflow export --model F --part autoencoder --out autoencoder.safetensors\n"
    "  latentflow export --init original --part velocity --out dit.safetensors    a fresh DiT-B/2\n";

struct ExportOptions {
  std::string model;
  ExportWeightsCommand command;
  std::vector<std::string> assignments;
};

int run_export(const ExportOptions& o, Context& context) {
  if (!o.command.init.empty() && !o.model.empty())
    throw InputError("export takes its weights from one place: give either --model or --init");
  if (o.command.init.empty() && !o.assignments.empty())
    throw InputError("--set describes a fresh network: use it with --init, not with a model's own weights");
  auto command = o.command;
  if (!command.init.empty()) {
    Settings settings(command.init);
    for (const auto& assignment : o.assignments) {
      settings.set_assignment(assignment);
      command.settings += (command.settings.empty() ? "" : " ") + quoted(assignment);
    }
    check_together(settings);
  }
  check_output_file("--out", o.command.out, {".safetensors"});
  check_model(o.model);
  check_distinct_files({{"--model", o.model, false}, {"--out", o.command.out}});
  Job job = job_of("export", command);
  job.options.model = o.model;
  job.options.need_data = false;
  job.options.open_model = o.command.init.empty();
  return run_and_print(context, job);
}

}  // namespace

void add_export(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("export", "write bare weights with their Python names");
  const auto o = std::make_shared<ExportOptions>();
  using C = ExportWeightsCommand;
  const FieldOptions<C> options(*sub, o->command);
  add_model(*sub, o->model);
  options.add(&C::init)->type_name("PRESET");
  offer_settings(sub->add_option("--set", o->assignments, "with --init: settings, see train --help-settings")
                     ->type_name("KEY=VALUE"));
  only_with("--init", options.add(&C::seed));
  options.add(&C::part)->type_name("PART");
  options.add(&C::out)->required()->type_name("W");
  sub->footer(kExportExamples);
  sub->callback([o, sub, &action] {
    refuse_without(*sub, "--seed", "--init", "applies to a fresh network");
    action = [o](Context& context) { return run_export(*o, context); };
  });
}

}  // namespace lf::cli
