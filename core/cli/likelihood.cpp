// latentflow likelihood: the likelihood of real digits under the flow.
#include <memory>

#include "base/errors.h"
#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/option_rules.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"

namespace lf::cli {
namespace {

constexpr const char* kLikelihoodExplanation =
    "Computes the log-density of a digit's standardised latent (its posterior mean, 64 dimensions) by the\n"
    "change of variables along the flow: ln p(x1) = ln N(x0; 0, I) - integral of div v dt. The unit is bits\n"
    "per dimension; lower is likelier. The divergence is Hutchinson's estimate from random probes, or the\n"
    "exact trace (--exact).\n"
    "\n"
    "Examples:\n"
    "  latentflow likelihood                                    the first 400 test digits, 4 probes\n"
    "  latentflow likelihood --digits 2000 --probes 16 --out bits.csv\n"
    "  latentflow likelihood --exact --digits 40 --json         one object for every digit, then a summary\n"
    "  latentflow likelihood --unlabelled --split train         p(z) instead of p(z | class)\n";

struct LikelihoodArguments {
  std::string model, data;
  LikelihoodCommand command;
  bool json = false;
};

void check(const LikelihoodArguments& o) {
  const LikelihoodCommand& c = o.command;
  if (c.exact && c.probes > 0)
    throw InputError("--probes " + std::to_string(c.probes) +
                     ": the exact trace needs none; leave out --probes or --exact");
  if (!c.out.empty()) check_output_file("--out", c.out, {".csv"});
  check_model(o.model);
  check_distinct_files({{"--model", o.model, false}, {"--out", c.out}});
  check_data_folder(o.data);
}

int run_likelihood(const LikelihoodArguments& o, Context& context) {
  check(o);
  Job job = job_of("likelihood", o.command, o.json);
  job.options.model = o.model;
  job.options.data = o.data;
  return run_and_print(context, job);
}

}  // namespace

void add_likelihood(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("likelihood", "likelihood of real digits under the flow");
  const auto o = std::make_shared<LikelihoodArguments>();
  using C = LikelihoodCommand;
  const FieldOptions<C> options(*sub, o->command);
  add_model(*sub, o->model);
  add_data(*sub, o->data);
  options.add(&C::split);
  options.add(&C::digits);
  options.add(&C::probes);
  options.add(&C::exact);
  options.add(&C::unlabelled);
  options.add(&C::solver);
  options.add(&C::steps);
  options.add(&C::seed);
  options.add(&C::out)->type_name("F");
  sub->add_flag("--json", o->json, "one JSON object per line: every digit, then a summary");
  sub->footer(kLikelihoodExplanation);
  sub->callback([o, sub, &action] {
    refuse_beside(*sub, "--exact", "uses no random probes", {"--seed"});
    refuse_with_adaptive_solver(*sub, "--steps", o->command.solver);
    action = [o](Context& context) { return run_likelihood(*o, context); };
  });
}

}  // namespace lf::cli
