// latentflow train: a run from untrained weights (or from where it stopped) to a model, curves and
// figures.
#include <memory>

#include "base/errors.h"
#include "cli/job.h"
#include "cli/json_lines.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/known_values.h"
#include "cli/options/option_rules.h"
#include "cli/options/setting_commands.h"
#include "cli/options/shared_options.h"
#include "cli/progress.h"
#include "cli/subcommand.h"
#include "config/branch_settings.h"
#include "config/picture_plan.h"
#include "session/end_signals.h"
#include "session/stopped_line.h"

namespace lf::cli {
namespace {

constexpr const char* kTrainExamples =
    "Examples:\n"
    "  latentflow train --preset fast --figures           half a minute on two cores, with images\n"
    "  latentflow train --seconds 60 --json               a time budget; JSON lines for a script\n"
    "  latentflow train --steps 2000 --set flow.width=96  a changed setting; list of all: --help-settings\n"
    "  latentflow train --resume DIR                      continues a stopped run\n"
    "  latentflow train --tensorboard logs                then: tensorboard --logdir logs\n"
    "  latentflow train --reflow DIR --pairs 20000        straightens the trajectories of a model\n"
    "  latentflow train --branch DIR --at 300 --set flow.lr=0.003   leaves a run at a step of its flow\n"
    "  latentflow train --preset original --set epoch_images=512 --epochs 4 --pictures 1,2,4,final\n"
    "                                                     the reference system with short epochs\n";

struct TrainOptions {
  TrainCommand train;       ///< preset "": default_preset's choice
  ReflowCommand reflow;     ///< pairs; the rest is that of `train`
  ResumeRunCommand resume;  ///< folder and rate; the rest is that of `train`
  BranchCommand branch;     ///< folder, step and from; the rest is that of `train`
  std::string data, judge, device, reflowed, tensorboard;
  int64_t seed = -1, threads = -1;  ///< −1: not given
  bool json = false, list_settings = false;
  std::vector<std::string> assignments;
};

void check_budget(const Budget& budget) {
  if (budget.given() > 1) throw InputError("give only one of --seconds, --steps, --epochs and --until-fd");
}

/// The commands that set the requested values; throws for unknown keys and wrong values before
/// anything is loaded.
std::vector<Command> wished_settings(const TrainOptions& o) {
  std::vector<SettingWord> own;
  if (o.seed >= 0) own.emplace_back(setting_key(&GeneralSettings::seed), std::to_string(o.seed));
  if (o.threads >= 0) own.emplace_back(setting_key(&GeneralSettings::threads), std::to_string(o.threads));
  if (!o.device.empty()) own.emplace_back(setting_key(&GeneralSettings::device), o.device);
  return setting_commands(o.train.preset, own, o.assignments);
}

/// The default preset of a run: "quality" if there is a device that the settings allow, else
/// "fast".
std::string default_preset(TrainOptions o, Context& context) {
  o.train.preset = "fast";
  if (!o.resume.folder.empty() || !o.reflowed.empty() || !o.branch.folder.empty()) return o.train.preset;
  const SettingInfo& info = setting_info(&GeneralSettings::device);
  std::string device = info.initial;
  for (const Command& command : wished_settings(o)) {
    const auto* set = std::get_if<SetCommand>(&command.what);
    if (set && set->key == info.key) device = set->value;
  }
  const bool accelerated = device != "cpu" && context.hooks.accelerator().found;
  return accelerated ? "quality" : o.train.preset;
}

/// The settings of a branch, as its command takes them.
std::string branch_words(const TrainOptions& o) {
  std::string words;
  if (o.seed >= 0) words = setting_key(&GeneralSettings::seed) + "=" + std::to_string(o.seed);
  for (const auto& word : o.assignments) words += (words.empty() ? "" : " ") + word;
  return words;
}

Job train_job(const TrainOptions& o) {
  Job job;
  job.options = headless_options();
  job.options.data = o.data;
  job.options.judge = o.judge;
  job.options.tensorboard = o.tensorboard;
  job.options.open_model = false;
  job.options.preset = o.train.preset;
  job.json = o.json;
  job.verb = "train";
  const TrainCommand& t = o.train;
  if (!endings_of_list(t.figures_as).empty() && !t.figures)
    throw InputError("--figures-as: name --figures too");
  if (!o.resume.folder.empty()) {
    job.command =
        ResumeRunCommand{o.resume.folder, t.budget, t.figures, t.pictures, o.resume.rate, t.figures_as};
  } else if (!o.branch.folder.empty()) {
    job.command = BranchCommand{o.branch.folder, o.branch.step, branch_words(o), o.branch.from, t.budget,
                                t.out,           t.figures,     t.pictures,      t.figures_as};
  } else if (!o.reflowed.empty()) {
    job.options.open_model = true;
    job.options.model = o.reflowed;
    job.command = ReflowCommand{o.reflow.pairs, t.budget, t.out, t.figures, t.pictures, t.figures_as};
  } else {
    job.settings = wished_settings(o);
    job.command = TrainCommand{"", t.budget, t.out, t.figures, true, t.pictures, t.figures_as};
  }
  return job;
}

void check(const TrainOptions& o) {
  check_budget(o.train.budget);
  parse_picture_plan(o.train.pictures);
  check_data_folder(o.data);
  check_judge(o.judge);
  if (!o.tensorboard.empty()) check_output_folder("--tensorboard", o.tensorboard);
  if (!o.train.out.empty()) check_new_run_folder("--out", o.train.out);
  if (!o.resume.folder.empty()) {
    check_extension(o.train.budget);
    check_resumable_folder("--resume", o.resume.folder);
  }
  if (!o.branch.folder.empty()) {
    check_extension(o.train.budget);
    check_resumable_folder("--branch", o.branch.folder);
    check_model(o.branch.from);
    branched_settings(Settings{}, branch_words(o));
  }
  if (!o.reflowed.empty()) check_model(o.reflowed);
}

std::vector<std::string> paths_of(const JobOutcome& outcome) {
  std::vector<std::string> paths;
  for (const auto& result : outcome.results)
    paths.insert(paths.end(), result.paths.begin(), result.paths.end());
  if (paths.empty() && !outcome.last.run->run_folder.empty()) paths.push_back(outcome.last.run->run_folder);
  return paths;
}

/// The last line: the state, the final scores, and the files.
void print_done_line(std::ostream& out, const JobOutcome& outcome) {
  auto line = event_line("done", outcome.last);
  line["interrupted"] = outcome.interrupted;
  line["run_folder"] = outcome.last.run->run_folder;
  for (const auto& result : outcome.results) {
    for (const auto& text : result.json) {
      const auto extra = nlohmann::ordered_json::parse(text, nullptr, false);
      if (!extra.is_object()) continue;
      for (const auto& item : extra.items())
        if (!line.contains(item.key())) line[item.key()] = item.value();
    }
  }
  line["paths"] = paths_of(outcome);
  out << line_text(line) << std::endl;
}

void print_words(Context& context, const JobOutcome& outcome) {
  for (const auto& result : outcome.results) print_result(context.out, result);
  if (outcome.interrupted) context.error << "latentflow: " << stopped_line(*outcome.last.run) << "\n";
  for (const auto& path : paths_of(outcome)) context.out << path << "\n";
  context.out.flush();
}

void print_settings(std::ostream& out) {
  for (const auto& info : setting_table()) {
    out << info.key << "=" << info.initial << (info.unit.empty() ? "" : " " + info.unit) << "\n    "
        << info.meaning << "\n";
  }
}

int run_train(TrainOptions o, Context& context) {
  if (o.list_settings) {
    print_settings(context.out);
    return 0;
  }
  const EndSignals signals;
  const auto progress = o.json ? make_json(context.out) : make_progress(context.error, context.terminal);
  try {
    check(o);
    if (o.train.preset.empty()) o.train.preset = default_preset(o, context);
    const auto outcome = run_job(context, train_job(o), *progress);
    o.json ? print_done_line(context.out, outcome) : print_words(context, outcome);
  } catch (const std::exception& error) {
    progress->fail(error.what());
    throw;
  }
  return 0;
}

void add_budget(CLI::App& app, Budget& budget) {
  const FieldOptions<Budget> limits(app, budget);
  limits.add(&Budget::seconds);
  limits.add(&Budget::steps);
  limits.add(&Budget::epochs);
  limits.add(&Budget::until_fd);
}

void add_settings(CLI::App& app, TrainOptions& o) {
  add_setting(app, &GeneralSettings::seed, o.seed, "seed of all random numbers of the run");
  app.add_option("--device", o.device, "auto, cpu or cuda")->type_name("NAME");
  add_setting(app, &GeneralSettings::threads, o.threads, kThreadsHelp);
  offer_settings(
      app.add_option("--set", o.assignments, "settings, see --help-settings")->type_name("KEY=VALUE"));
  app.add_flag("--help-settings", o.list_settings, "list the keys of --set, their defaults and meaning");
}

/// Options that begin with a run or a model that exists.
void add_beginnings(CLI::App& app, TrainOptions& o) {
  app.add_option("--resume", o.resume.folder, "run folder to continue")->type_name("DIR");
  only_with("--resume", FieldOptions<ResumeRunCommand>(app, o.resume).add(&ResumeRunCommand::rate));
  app.add_option("--reflow", o.reflowed,
                 "model to reflow: trains its flow on pairs that it generates, for straighter trajectories")
      ->type_name("F");
  only_with("--reflow", FieldOptions<ReflowCommand>(app, o.reflow).add(&ReflowCommand::pairs));
  app.add_option("--branch", o.branch.folder,
                 "run to branch from: its exact state after a step, with the settings of --set from there on")
      ->type_name("DIR");
  const FieldOptions<BranchCommand> branch(app, o.branch);
  only_with("--branch", branch.add(&BranchCommand::step));
  only_with("--branch", branch.add(&BranchCommand::from))->type_name("F");
}

/// A resumed run keeps its own settings and folder, a reflow those of its model.
void check_beside(const CLI::App& app) {
  refuse_beside(app, "--resume", "continues with the settings and the folder of the run",
                {"--preset", "--seed", "--device", "--threads", "--set", "--out", "--reflow"});
  refuse_beside(app, "--reflow", "continues with the settings of the model, on the processor",
                {"--preset", "--seed", "--device", "--threads", "--set", "--branch"});
  refuse_beside(app, "--branch", "continues on the device and with the threads of the run",
                {"--preset", "--device", "--threads", "--resume"});
  refuse_without(app, "--at", "--branch", "is the step of a branch");
  refuse_without(app, "--from", "--branch", "belongs to a branch of a reflow");
  refuse_without(app, "--rate", "--resume", "lowers the learning rates of a resumed run");
  refuse_without(app, "--pairs", "--reflow", "applies to a reflow");
}

}  // namespace

void add_train(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("train", "train the autoencoder, then the flow");
  const auto o = std::make_shared<TrainOptions>();
  const FieldOptions<TrainCommand> options(*sub, o->train);
  options.add(&TrainCommand::preset)->type_name("NAME");
  add_budget(*sub, o->train.budget);
  sub->add_option("--data", o->data, "folder of the four IDX files (default: search, download MNIST)")
      ->type_name("DIR");
  add_judge_file(*sub, o->judge);
  add_settings(*sub, *o);
  add_beginnings(*sub, *o);
  options.add(&TrainCommand::out)->type_name("DIR");
  options.add(&TrainCommand::figures);
  options.add(&TrainCommand::figures_as)->type_name("LIST");
  options.add(&TrainCommand::pictures)->type_name("LIST");
  add_tensorboard(*sub, o->tensorboard);
  sub->add_flag("--json", o->json, "one JSON object per line on standard output");
  sub->footer(kTrainExamples);
  sub->callback([o, sub, &action] {
    check_beside(*sub);
    action = [o](Context& context) { return run_train(*o, context); };
  });
}

}  // namespace lf::cli
