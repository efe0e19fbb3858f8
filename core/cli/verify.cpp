// latentflow verify: a network of the reference system against reference vectors.
#include <memory>

#include "base/errors.h"
#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/weight_settings.h"
#include "cli/subcommand.h"

namespace lf::cli {
namespace {

constexpr const char* kVerifyExamples =
    "Examples:\n"
    "  latentflow verify --dit dit.safetensors --vectors dit_vectors.safetensors\n"
    "  latentflow verify --vae vae.safetensors --vectors vae_vectors.safetensors --json\n"
    "Relative error: the largest difference over the largest number of the reference.\n";

struct VerifyOptions {
  VerifyCommand command;
  std::vector<std::string> set;
  bool json = false;
};

int run_verify(const VerifyOptions& o, Context& context) {
  auto command = o.command;
  const WeightSettings settings = weight_settings(o.set);
  command.heads = settings.heads;
  command.raw = settings.raw;
  if (command.dit.empty() == command.vae.empty())
    throw InputError("verify compares one network: give either --dit W or --vae W");
  if (!command.vae.empty() && command.heads > 0)
    throw InputError(
        "--set heads has no effect beside --vae, which has no attention heads to name; leave it out");
  Job job = job_of("verify", command, o.json);
  job.options.need_data = false;
  job.options.open_model = false;
  return run_and_print(context, job);
}

}  // namespace

void add_verify(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("verify", "largest relative error of a network against reference vectors");
  const auto o = std::make_shared<VerifyOptions>();
  const FieldOptions<VerifyCommand> options(*sub, o->command);
  options.add(&VerifyCommand::dit)->type_name("W");
  options.add(&VerifyCommand::vae)->type_name("W");
  options.add(&VerifyCommand::vectors)->required()->type_name("V");
  sub->add_option("--set", o->set, kWeightSettingsHelp)->type_name("key=value");
  sub->add_flag("--json", o->json, "one JSON object per quantity on standard output");
  sub->footer(kVerifyExamples);
  sub->callback([o, &action] { action = [o](Context& context) { return run_verify(*o, context); }; });
}

}  // namespace lf::cli
