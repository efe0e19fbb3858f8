// latentflow sweep: one run after another, for a table or grid of settings and seeds.
#include "protocol/sweep.h"

#include <memory>
#include <set>

#include "base/errors.h"
#include "base/paths.h"
#include "base/printed.h"
#include "base/time_text.h"
#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/option_rules.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"
#include "session/end_signals.h"

namespace lf::cli {
namespace {

constexpr const char* kSweepExamples =
    "A sweep file lists values of settings, and seeds:\n"
    "  {\"preset\": \"fast\", \"seeds\": [1, 2], \"steps\": 300,\n"
    "   \"set\": {\"flow.width\": 64,\n"
    "           \"flow.lr\": [0.003, 0.006],\n"
    "           \"autoencoder.beta\": {\"from\": 0.0125, \"to\": 0.05, \"count\": 3, \"scale\": \"log\"}}}\n"
    "It trains one run for each combination and seed, here 12, scores it, and writes sweep.json, sweep.csv "
    "and\n"
    "the folder of the run. Further keys: name; seconds or epochs instead of steps (the first run's steps "
    "are\n"
    "those of all); table, a list of combinations instead of lists in set; median_rule. A run that is worse\n"
    "than the median of the finished ones is stopped, unless \"median_rule\" is false.\n"
    "\n"
    "Examples:\n"
    "  latentflow sweep F.json --estimate      number of runs, duration and disk space\n"
    "  latentflow sweep F.json --out DIR       trains all of them\n"
    "  latentflow sweep DIR                    continues after a stop or a crash; only the run that was\n"
    "                                          training starts anew\n";

struct SweepOptions {
  SweepCommand command;
  std::string data, judge;
  bool json = false;
};

std::string percent_text(double value) { return value < 0 ? "—" : printed("%.2f %%", value); }

/// One line when the duration is known, and one for each run that has ended.
class SweepProgress : public Progress {
 public:
  SweepProgress(std::ostream& out, std::unique_ptr<Progress> inner, bool bar)
      : out_(out), inner_(std::move(inner)), bar_(bar) {}

  void show(const Snapshot& snapshot) override {
    if (snapshot.sweep) show_sweep(*snapshot.sweep);
    inner_->show(snapshot);
  }
  void fail(const std::string& message) override { inner_->fail(message); }
  void close() override { inner_->close(); }

 private:
  void show_sweep(const SweepBlock& sweep) {
    if (!announced_ && sweep.estimate.run_seconds >= 0) {
      announced_ = true;
      for (const auto& run : sweep.runs)
        if (run.ended()) seen_.insert(run.name);
      if (!seen_.empty())
        line(std::to_string(seen_.size()) + " of " + std::to_string(sweep.runs.size()) +
             " runs have ended before");
      line(sweep_estimate_text(sweep.runs.size() - seen_.size(), sweep.estimate) +
           (sweep.folder.empty() ? "" : ", in " + sweep.folder));
    }
    for (const auto& run : sweep.runs) {
      if (!run.ended() || !announced_ || !seen_.insert(run.name).second) continue;
      line(run.name + "  FD " + percent_text(run.fd) + "  " + spoken_duration(run.seconds) + "  " +
           sweep_state_text(run));
    }
  }
  /// On a terminal the line replaces the bar, which returns below it.
  void line(const std::string& text) { out_ << (bar_ ? "\r\x1b[K" : "") << one_line(text) << std::endl; }

  std::ostream& out_;
  std::unique_ptr<Progress> inner_;
  bool bar_, announced_ = false;
  std::set<std::string> seen_;
};

void check(const SweepOptions& o) {
  check_data_folder(o.data);
  check_judge(o.judge);
  const std::string& file = o.command.file;
  if (!is_folder(file) && !is_file(file))
    throw InputError("sweep: " + file + ": " + no_file_reason(file) +
                     "; name a sweep file (.json), or the folder of a sweep");
  if (is_folder(file) && !o.command.out.empty())
    throw InputError("--out: the sweep in " + file + " continues in its own folder; leave --out out");
  if (!o.command.out.empty()) check_output_folder("--out", o.command.out);
}

int run_sweep(const SweepOptions& o, Context& context) {
  check(o);
  Job job;
  job.options = headless_options();
  job.options.data = o.data;
  job.options.judge = o.judge;
  job.options.open_model = false;
  job.command = o.command;
  job.verb = "sweep";
  job.json = o.json;
  auto inner = o.json ? make_silence() : make_progress(context.error, context.terminal);
  SweepProgress progress(context.error, std::move(inner), context.terminal && !o.json);
  const JobOutcome outcome = run_job(context, job, progress);
  for (const auto& result : outcome.results) {
    if (!o.json) print_result(context.out, result);
    if (o.json && result.verb == job.verb)
      for (const auto& line : result.json) context.out << line << "\n";
  }
  context.out.flush();
  for (const auto& result : outcome.results)
    if (!result.passed) throw RunError(result.text);
  if (!outcome.interrupted) return 0;
  const std::string folder = outcome.last.sweep ? outcome.last.sweep->folder : "";
  throw RunError(
      "sweep was interrupted" + ended_by() + " before it was done; " +
      (folder.empty() ? "start it again" : "continue it with: latentflow sweep " + quoted(folder)));
}

}  // namespace

void add_sweep(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("sweep", "train and compare runs with the settings of a table or grid");
  const auto o = std::make_shared<SweepOptions>();
  const FieldOptions<SweepCommand> options(*sub, o->command);
  sub->add_option("file", o->command.file, "sweep file (.json), or the folder of a sweep to continue")
      ->required()
      ->type_name("F");
  options.add(&SweepCommand::out)->type_name("DIR");
  options.add(&SweepCommand::estimate);
  add_data(*sub, o->data);
  add_judge_file(*sub, o->judge);
  sub->add_flag("--json", o->json, "one JSON object per line: every run, then every combination");
  sub->footer(kSweepExamples);
  sub->callback([o, sub, &action] {
    refuse_beside(*sub, "--estimate", "trains nothing", {"--out"});
    action = [o](Context& context) { return run_sweep(*o, context); };
  });
}

}  // namespace lf::cli
