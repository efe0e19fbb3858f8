// latentflow compare: two to four models on the same noise.
#include <memory>

#include "base/errors.h"
#include "base/output_name.h"
#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/option_rules.h"
#include "cli/options/print_options.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"

namespace lf::cli {
namespace {

constexpr const char* kCompareExamples =
    "Prints scores, the settings that differ, the difference of the weights by layer, and where two runs\n"
    "diverge. The digits of the image come from the same noise.\n"
    "\n"
    "Examples:\n"
    "  latentflow compare DIR1 DIR2                           two runs\n"
    "  latentflow compare A B C --samples 1000 --out x.html   scored four times each; a page\n"
    "  latentflow compare DIR1 DIR2 --narrow                  the exact step at which they diverge\n";

struct CompareOptions {
  std::vector<std::string> models;
  std::string data, judge;
  CompareCommand command;
  bool json = false;
};

int run_compare(CompareOptions o, Context& context) {
  if (o.models.size() < 2 || o.models.size() > 4)
    throw InputError("compare takes two to four models, got " + std::to_string(o.models.size()));
  for (auto& model : o.models) check_model(model = run_or_path(model));
  if (!o.command.out.empty())
    check_output_file("--out", o.command.out, with_animations({".png", ".svg", ".pdf", ".csv", ".html"}));
  check_data_folder(o.data);
  check_judge(o.judge);
  std::vector<NamedFile> files{{"--out", o.command.out}};
  for (const auto& model : o.models) files.push_back({"model", model, false});
  check_distinct_files(files);
  o.models.resize(4);
  o.command.first = o.models[0];
  o.command.second = o.models[1];
  o.command.third = o.models[2];
  o.command.fourth = o.models[3];
  Job job = job_of("compare", o.command, o.json);
  job.options.data = o.data;
  job.options.judge = o.judge;
  job.options.open_model = false;
  job.options.need_data = o.command.samples > 0 || o.command.narrow;
  return run_and_print(context, job);
}

}  // namespace

void add_compare(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("compare", "compare two to four models on the same noise");
  const auto o = std::make_shared<CompareOptions>();
  using C = CompareCommand;
  sub->add_option("models", o->models, "model files, run folders or names of runs")
      ->required()
      ->type_name("F");
  const FieldOptions<C> options(*sub, o->command);
  options.add(&C::out)->type_name("X");
  options.add(&C::samples);
  options.add(&C::evaluations);
  options.add(&C::count);
  options.add(&C::digit);
  options.add(&C::guidance);
  options.add(&C::seed);
  options.add(&C::narrow);
  add_print_form<C>(options);
  add_data(*sub, o->data);
  add_judge_file(*sub, o->judge);
  sub->add_flag("--json", o->json, "one JSON object per model");
  sub->footer(kCompareExamples);
  sub->callback([o, sub, &action] {
    refuse_without(*sub, "--evaluations", "--samples", "repeats the evaluation of so many samples");
    action = [o](Context& context) { return run_compare(*o, context); };
  });
}

}  // namespace lf::cli
