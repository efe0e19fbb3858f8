// Text to commands: one parser per verb, in one table.
#include <functional>
#include <map>

#include "base/command_words.h"
#include "base/errors.h"
#include "config/picture_plan.h"
#include "lab/tools.h"
#include "protocol/command_limits.h"
#include "protocol/command_paths.h"
#include "protocol/commands.h"
#include "protocol/job_parsers.h"

namespace lf {
namespace {

Budget parse_budget(CommandWords& words) {
  Budget budget;
  budget.seconds = words.number("seconds", 0, kLeastSeconds, kMostSeconds);
  budget.steps = words.integer("steps", 0, 1, kMostSteps);
  budget.epochs = words.number("epochs", 0, kLeastEpochs, kMostEpochs);
  budget.until_fd = words.number("until-fd", 0, kLeastFd, kMostFd);
  if (budget.given() > 1)
    throw InputError("a budget is one of seconds, steps, epochs and until-fd; give one of them");
  return budget;
}

/// The list as it was written, once it is known to be readable.
std::string parse_pictures(CommandWords& words) {
  const auto text = words.text("pictures");
  parse_picture_plan(text);
  return text;
}

Command parse_train(CommandWords& words) {
  TrainCommand c;
  c.preset = words.text("preset");
  if (!c.preset.empty()) preset_info(c.preset);  // refuses unknown names
  c.budget = parse_budget(words);
  c.out = words.text("out");
  c.figures = words.on("figures");
  c.pictures = parse_pictures(words);
  c.fresh = words.on("fresh");
  words.expect_all_used(0);
  return c;
}

Command parse_reflow(CommandWords& words) {
  ReflowCommand c;
  c.pairs = words.integer("pairs", c.pairs, kLeastPairs, kMostPairs);
  c.budget = parse_budget(words);
  c.out = words.text("out");
  c.figures = words.on("figures");
  c.pictures = parse_pictures(words);
  words.expect_all_used(0);
  return c;
}

Command parse_resume(CommandWords& words) {
  ResumeCommand c{parse_budget(words)};
  c.rate = words.number("rate", 1, kLeastRateFactor, 1);
  words.expect_all_used(0);
  return c;
}

Command parse_resume_run(CommandWords& words) {
  ResumeRunCommand c;
  c.folder = words.required(0, "a run folder");
  c.budget = parse_budget(words);
  c.figures = words.on("figures");
  c.pictures = parse_pictures(words);
  c.rate = words.number("rate", 1, kLeastRateFactor, 1);
  words.expect_all_used(1);
  return c;
}

/// Key and value are checked here, so that a script says which line is wrong before anything runs.
Command parse_set(CommandWords& words) {
  const SetCommand c{words.required(0, "a key and a value"), words.required(1, "a value")};
  words.expect_all_used(2);
  Settings().set(c.key, c.value);
  return c;
}

Command parse_preset(CommandWords& words) {
  const auto name = words.required(0, "a name");
  words.expect_all_used(1);
  return PresetCommand{preset_info(name).name};
}

Command parse_inspect(CommandWords& words) {
  InspectCommand c;
  c.split = words.choice("split", {"test", "train"}, c.split);
  c.order = words.choice("order", {"first", "worst"}, c.order);
  c.digit = parse_digit(words);
  c.offset = words.integer("offset", 0, 0, kMostSamples);
  c.count = words.integer("count", c.count, 1, kMostInspected);
  words.expect_all_used(0);
  return c;
}

Command parse_lab(CommandWords& words) {
  const std::string tool = words.required(0, "a tool or off");
  LabCommand c;
  if (tool != "off") {
    c.tool = lab_tool(tool).id;
    c.arguments = words.all_named();
    lab_arguments(lab_tool(tool), c.arguments);  // refuses unknown ones
  }
  words.expect_all_used(1);
  return c;
}

Command parse_speedrun(CommandWords& words) {
  SpeedrunCommand c;
  c.target = words.number("target", 0, kLeastFd, kMostSpeedrunFd);
  c.budget = parse_budget(words);
  c.out = words.text("out");
  words.expect_all_used(0);
  return c;
}

Command parse_compare(CommandWords& words) {
  words.expect_all_used(2);
  return CompareRunsCommand{words.bare(0), words.bare(1)};
}

template <class T>
Command parse_plain(CommandWords& words) {
  words.expect_all_used(0);
  return T{};
}

template <class T>
Command parse_path(CommandWords& words) {
  words.expect_all_used(1);
  return T{words.required(0, "a path")};
}

template <class T>
Command parse_optional_path(CommandWords& words) {
  words.expect_all_used(1);
  return T{words.bare(0)};
}

/// How a verb's line is read; its first `path_words` words may hold '='.
struct Verb {
  size_t path_words;
  std::function<Command(CommandWords&)> parse;
};

const std::map<std::string, Verb>& verbs() {
  static const std::map<std::string, Verb> table{
      {"train", {0, parse_train}},
      {"reflow", {0, parse_reflow}},
      {"pause", {0, parse_plain<PauseCommand>}},
      {"resume", {0, parse_resume}},
      {"step", {0, parse_plain<StepCommand>}},
      {"reset", {0, parse_plain<ResetCommand>}},
      {"undo-reset", {0, parse_plain<UndoResetCommand>}},
      {"set", {2, parse_set}},
      {"preset", {1, parse_preset}},
      {"open", {1, parse_path<OpenCommand>}},
      {"save", {1, parse_optional_path<SaveCommand>}},
      {"export", {1, parse_path<ExportCommand>}},
      {"sample", {0, parse_sample}},
      {"reconstruct", {0, parse_reconstruct}},
      {"likelihood", {0, parse_likelihood}},
      {"invert", {0, parse_invert}},
      {"lab-run", {0, parse_lab_run}},
      {"evaluate", {0, parse_evaluate}},
      {"judge", {0, parse_judge}},
      {"bench", {0, parse_bench}},
      {"verify", {0, parse_verify}},
      {"replay", {1, parse_replay}},
      {"speedrun", {0, parse_speedrun}},
      {"verify-speedrun", {1, parse_path<VerifySpeedrunCommand>}},
      {"weights", {1, parse_weights}},
      {"export-weights", {0, parse_export_weights}},
      {"inspect", {0, parse_inspect}},
      {"lab", {0, parse_lab}},
      {"list-runs", {0, parse_plain<ListRunsCommand>}},
      {"compare-runs", {2, parse_compare}},
      {"delete-run", {1, parse_path<DeleteRunCommand>}},
      {"resume-run", {1, parse_resume_run}},
      {"shipped", {0, parse_plain<ShippedCommand>}},
      {"browse", {1, parse_optional_path<BrowseCommand>}},
      {"cancel", {0, parse_plain<CancelCommand>}},
      {"quit", {0, parse_plain<QuitCommand>}},
  };
  return table;
}

}  // namespace

std::vector<std::string> command_words() {
  std::vector<std::string> words;
  for (const auto& entry : verbs()) words.push_back(entry.first);
  return words;
}

bool is_command_word(const std::string& word) { return verbs().count(word) > 0; }

Command parse_command(const std::string& line) {
  auto words = split_words(line);
  if (words.empty()) throw InputError("empty command line; known are " + joined_names(command_words()));
  const std::string verb = words.front();
  words.erase(words.begin());
  const auto found = verbs().find(verb);
  if (found == verbs().end()) {
    throw InputError("unknown command '" + verb + "'; known are " + joined_names(command_words()));
  }
  CommandWords arguments(verb, words, found->second.path_words);
  return with_typed_paths(found->second.parse(arguments));
}

}  // namespace lf
