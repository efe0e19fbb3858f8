// latentflow runs: the stored runs; latentflow import: a run folder from another machine.
#include <memory>

#include "cli/job.h"
#include "cli/options/field_options.h"
#include "cli/subcommand.h"

namespace lf::cli {
namespace {

constexpr const char* kRunsExplanation =
    "Each line shows star, folder, state, flow steps, disk use, FD%, name and tags. Every word of a search\n"
    "must occur in name, note, tags, preset, data set, state or date of a run; tag:x, state:x and preset:x\n"
    "are exact, is:star means a star. Names, tags and stars are set on the Runs page or by label-run in a\n"
    "script.\n"
    "\n"
    "Examples:\n"
    "  latentflow runs --sort fd                         the best first\n"
    "  latentflow runs --search \"tag:paper state:done\"\n"
    "  latentflow runs --json                            one JSON object per run\n";

constexpr const char* kImportExplanation =
    "The folder is checked first: model, checkpoint, curves, report and marks must be whole, and the "
    "weights\n"
    "those that the run recorded. A damaged run is refused with the reason, and nothing of it is copied. A\n"
    "damaged mark is left out. The copy is listed as your newest run.\n"
    "\n"
    "Example:\n"
    "  latentflow import /media/disk/runs/20260301-140212-fast-s1\n";

struct RunsOptions {
  ListRunsCommand list;
  ImportRunCommand import_run;
  bool json = false;
};

/// A job on run folders needs neither digits nor a model.
int run_without_model(Job job, Context& context) {
  job.options.need_data = job.options.open_model = job.options.allow_download = false;
  return run_and_print(context, job);
}

}  // namespace

void add_runs(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("runs", "list the stored runs");
  const auto o = std::make_shared<RunsOptions>();
  const FieldOptions<ListRunsCommand> options(*sub, o->list);
  options.add(&ListRunsCommand::search);
  options.add(&ListRunsCommand::sort);
  sub->add_flag("--json", o->json, "one JSON object per run");
  sub->footer(kRunsExplanation);
  sub->callback([o, &action] {
    action = [o](Context& context) {
      return run_without_model(job_of("list-runs", o->list, o->json), context);
    };
  });
}

void add_import(CLI::App& app, Action& action) {
  auto* sub =
      app.add_subcommand("import", "check a run folder from another machine and copy it to your runs");
  const auto o = std::make_shared<RunsOptions>();
  sub->add_option("run", o->import_run.folder, "run folder")->required()->type_name("DIR");
  sub->footer(kImportExplanation);
  sub->callback([o, &action] {
    action = [o](Context& context) {
      return run_without_model(job_of("import-run", o->import_run), context);
    };
  });
}

}  // namespace lf::cli
