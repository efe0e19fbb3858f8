// latentflow time-lapse: the digits of a run over its training.
#include <memory>

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

constexpr const char* kTimeLapseExamples =
    "While a run trains it keeps its weights at some thirty steps (setting marks). This command generates\n"
    "digits from the same noise with all of them.\n"
    "\n"
    "Examples:\n"
    "  latentflow time-lapse --out training.gif                      of the newest run, as an animation\n"
    "  latentflow time-lapse --model DIR --digit 7 --count 10 --out sevens.png    a column for each step\n"
    "  latentflow time-lapse --model DIR --out x.npy                 uint8 (marks * count, 28, 28)\n";

struct TimeLapseOptions {
  std::string model;
  TimeLapseCommand command;
};

int run_time_lapse(const TimeLapseOptions& o, Context& context) {
  check_output_file("--out", o.command.out, with_animations({".png", ".svg", ".pdf", ".csv", ".npy"}));
  check_model(o.model);
  check_distinct_files({{"--model", o.model, false}, {"--out", o.command.out}});
  Job job = job_of("time-lapse", o.command);
  job.options.model = o.model;
  job.options.need_data = false;
  return run_and_print(context, job);
}

}  // namespace

void add_time_lapse(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("time-lapse", "generate the same digits after every kept step of a run");
  const auto o = std::make_shared<TimeLapseOptions>();
  using C = TimeLapseCommand;
  const FieldOptions<C> options(*sub, o->command);
  add_model(*sub, o->model);
  options.add(&C::out)->required()->type_name("X");
  options.add(&C::count);
  options.add(&C::digit);
  options.add(&C::solver);
  options.add(&C::nfe);
  options.add(&C::guidance);
  options.add(&C::seed);
  add_print_form<C>(options);
  sub->footer(kTimeLapseExamples);
  sub->callback([o, sub, &action] {
    refuse_with_adaptive_solver(*sub, "--nfe", o->command.solver);
    action = [o](Context& context) { return run_time_lapse(*o, context); };
  });
}

}  // namespace lf::cli
