// latentflow speedrun: training time from untrained weights to a target score.
#include "config/speedrun.h"

#include <memory>

#include "base/errors.h"
#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/known_values.h"
#include "cli/options/option_rules.h"
#include "cli/options/setting_commands.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"

namespace lf::cli {
namespace {

constexpr const char* kSpeedrunExamples =
    "Trains from untrained weights once for each target and scores the model. Writes speedrun.json beside\n"
    "the runs: machine, arithmetic, seed, seconds, and the digests of digits, classifier and weights. The\n"
    "exit code is 1 if a target is not reached or a record is not valid. Rules and\n"
    "entries: docs/speedrun.md.\n"
    "\n"
    "Examples:\n"
    "  latentflow speedrun                                    every target of the rules\n"
    "  latentflow speedrun --target 6 --seconds 12 --seed 2   one target, with your own budget\n"
    "  latentflow speedrun --verify DIR/speedrun.json         scores the models of a record again\n"
    "  latentflow judge --data DIR --seed 2 --out second.safetensors\n"
    "  latentflow speedrun --verify DIR/speedrun.json --judge second.safetensors\n";

struct SpeedrunOptions {
  std::string preset = "fast", data, judge, verify;
  SpeedrunCommand command;
  int64_t seed = -1, threads = -1;  ///< −1: not given
  std::vector<std::string> assignments;
  bool rules = false, json = false;
};

std::vector<Command> wished_settings(const SpeedrunOptions& o) {
  std::vector<SettingWord> own;
  if (o.seed >= 0) own.emplace_back(setting_key(&GeneralSettings::seed), std::to_string(o.seed));
  if (o.threads >= 0) own.emplace_back(setting_key(&GeneralSettings::threads), std::to_string(o.threads));
  return setting_commands(o.preset, own, o.assignments);
}

/// Errors that do not depend on the machine are thrown before anything is loaded.
void check(const SpeedrunOptions& o) {
  check_data_folder(o.data);
  check_judge(o.judge);
  const auto& c = o.command;
  if (c.budget.given() > 1) throw InputError("give only one of --seconds and --steps");
  if (!c.out.empty()) check_output_folder("--out", c.out);
}

int run_speedrun(const SpeedrunOptions& o, Context& context) {
  if (o.rules) {
    for (const auto& line : speedrun_rules()) context.out << line << "\n";
    return 0;
  }
  check(o);
  Job job;
  job.options = headless_options();
  job.options.data = o.data;
  job.options.judge = o.judge;
  job.options.judges = "";  // a judge kept for these digits is not that of the rules
  job.options.open_model = false;
  job.json = o.json;
  if (!o.verify.empty()) {
    job.command = VerifySpeedrunCommand{o.verify};
    job.verb = "verify-speedrun";
  } else {
    job.options.preset = o.preset;
    job.settings = wished_settings(o);
    job.command = o.command;
    job.verb = "speedrun";
  }
  return run_and_print(context, job);
}

void add_options(CLI::App& app, SpeedrunOptions& o) {
  const FieldOptions<SpeedrunCommand> options(app, o.command);
  const FieldOptions<Budget> limits(app, o.command.budget);
  options.add(&SpeedrunCommand::target);
  limits.add(&Budget::seconds)->description("with --target: training time (default: the recipe's steps)");
  only_with("--target", limits.add(&Budget::steps));
  app.add_option("--preset", o.preset, "preset to train (default fast)")->type_name("NAME");
  offer_settings(
      app.add_option("--set", o.assignments, "settings, see train --help-settings")->type_name("KEY=VALUE"));
  add_setting(app, &GeneralSettings::seed, o.seed, "seed of all random numbers of the runs");
  add_setting(app, &GeneralSettings::threads, o.threads, kThreadsHelp);
  add_data(app, o.data);
  app.add_option("--judge", o.judge,
                 "classifier to score with (default: the bundled one, as the rules require)")
      ->type_name("F");
  options.add(&SpeedrunCommand::out)->type_name("DIR");
  app.add_option("--verify", o.verify, "score the models of this record again")->type_name("FILE");
  app.add_flag("--rules", o.rules, "print the rules");
  app.add_flag("--json", o.json, "one JSON object per line: every run, then a summary");
}

}  // namespace

void add_speedrun(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("speedrun",
                                 "measure how fast training reaches a score, in a record that others can "
                                 "verify");
  const auto o = std::make_shared<SpeedrunOptions>();
  add_options(*sub, *o);
  sub->footer(kSpeedrunExamples);
  sub->callback([o, sub, &action] {
    refuse_beside(*sub, "--verify", "scores existing models",
                  {"--target", "--seconds", "--steps", "--preset", "--set", "--seed", "--threads", "--out"});
    refuse_without(*sub, "--seconds", "--target", "is the budget of one target");
    refuse_without(*sub, "--steps", "--target", "is the budget of one target");
    action = [o](Context& context) { return run_speedrun(*o, context); };
  });
}

}  // namespace lf::cli
