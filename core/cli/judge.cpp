// latentflow judge: trains the classifier for FD% and accuracy.
#include <memory>

#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"

namespace lf::cli {
namespace {

constexpr const char* kJudgeExamples =
    "The classifier is also stored in your data home, under the digest of its digits. The commands train\n"
    "and eval and the window then use it for these digits. On another machine, name it with --judge FILE.\n"
    "\n"
    "Example:\n"
    "  latentflow judge --data DIR --seed 1 --out judge.safetensors\n";

struct JudgeOptions {
  std::string data;
  JudgeCommand command;
};

int run_judge(const JudgeOptions& o, Context& context) {
  check_output_file("--out", o.command.out, {".safetensors"});
  check_data_folder(o.data);
  Job job = job_of("judge", o.command);
  job.options.data = o.data;
  job.options.open_model = false;
  return run_and_print(context, job);
}

}  // namespace

void add_judge(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("judge", "train and calibrate the classifier that scores samples");
  const auto o = std::make_shared<JudgeOptions>();
  add_data(*sub, o->data);
  const FieldOptions<JudgeCommand> options(*sub, o->command);
  options.add(&JudgeCommand::seed);
  options.add(&JudgeCommand::out)->required()->type_name("F");
  sub->footer(kJudgeExamples);
  sub->callback([o, &action] { action = [o](Context& context) { return run_judge(*o, context); }; });
}

}  // namespace lf::cli
