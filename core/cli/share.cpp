// latentflow share: one HTML page of a run, with its network.
#include <filesystem>
#include <memory>

#include "base/errors.h"
#include "base/paths.h"
#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"

namespace lf::cli {
namespace {

constexpr const char* kShareExamples =
    "Writes one file that opens in a browser, without a network connection: curves, quality figures,\n"
    "reconstructions, samples over the training, and the trained network itself, which generates digits\n"
    "in the page. RUN is a run folder, the name of one of your runs, or a model file.\n"
    "\n"
    "Examples:\n"
    "  latentflow share DIR --out run.html\n"
    "  latentflow share 20260101-120000-fast-s1 --out run.html --seed 7\n";

struct ShareOptions {
  ShareCommand command;
  bool json = false;
};

void require_run(const std::string& run) {
  if (!path_exists(run))
    throw InputError("share " + run +
                     ": there is no such file, folder or run; latentflow runs lists the names of your runs");
}

int run_share(ShareOptions o, Context& context) {
  Job job = job_of("share", o.command, o.json);
  o.command.run = run_or_path(o.command.run);
  check_output_file("--out", o.command.out, {".html"});
  require_run(o.command.run);
  check_distinct_files({{"RUN", o.command.run, false}, {"--out", o.command.out}});
  job.command = o.command;
  job.options.open_model = false;
  job.options.need_data = false;
  return run_and_print(context, job);
}

}  // namespace

void add_share(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("share", "write one page of a run, with its network");
  const auto o = std::make_shared<ShareOptions>();
  using C = ShareCommand;
  sub->add_option("run", o->command.run, "run folder, run name or model file")->required()->type_name("RUN");
  const FieldOptions<C> options(*sub, o->command);
  options.add(&C::out)->required()->type_name("F");
  options.add(&C::seed);
  sub->add_flag("--json", o->json, "JSON lines instead of text");
  sub->footer(kShareExamples);
  sub->callback([o, &action] { action = [o](Context& context) { return run_share(*o, context); }; });
}

}  // namespace lf::cli
