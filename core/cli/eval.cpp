// latentflow eval: scores of a model.
#include <memory>

#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"

namespace lf::cli {
namespace {

constexpr const char* kEvalExamples =
    "Examples:\n"
    "  latentflow eval                            the newest run, 10,000 samples\n"
    "  latentflow eval --model F --count 2000 --json\n"
    "  latentflow eval --model F --data DIR       other digits, with their classifier\n";

struct EvalOptions {
  std::string model, judge, data;
  EvaluateCommand command;
  bool json = false;
};

int run_eval(const EvalOptions& o, Context& context) {
  check_model(o.model);
  check_judge(o.judge);
  check_data_folder(o.data);
  Job job = job_of("evaluate", o.command, o.json);
  job.options.model = o.model;
  job.options.judge = o.judge;
  job.options.data = o.data;
  return run_and_print(context, job);
}

}  // namespace

void add_eval(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("eval", "FD%, rFD%, accuracy, PSNR, class balance, memorisation");
  const auto o = std::make_shared<EvalOptions>();
  add_model(*sub, o->model);
  add_data(*sub, o->data);
  add_judge_file(*sub, o->judge);
  FieldOptions<EvaluateCommand>(*sub, o->command).add(&EvaluateCommand::count);
  sub->add_flag("--json", o->json, "one JSON object on standard output");
  sub->footer(kEvalExamples);
  sub->callback([o, &action] { action = [o](Context& context) { return run_eval(*o, context); }; });
}

}  // namespace lf::cli
