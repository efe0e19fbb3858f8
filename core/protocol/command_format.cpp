// Commands to text: one overload per command; parse_command gives the same command back.
#include "base/number_text.h"
#include "lab/tools.h"
#include "protocol/commands.h"

namespace lf {
namespace {

std::string budget_text(const Budget& budget) {
  std::string text;
  if (budget.seconds > 0) text += " seconds=" + number_text(budget.seconds);
  if (budget.steps > 0) text += " steps=" + std::to_string(budget.steps);
  if (budget.epochs > 0) text += " epochs=" + number_text(budget.epochs);
  if (budget.until_fd > 0) text += " until-fd=" + number_text(budget.until_fd);
  return text;
}

std::string rate_text(double rate) { return rate == 1 ? "" : " rate=" + number_text(rate); }

/// " key=value", or nothing for an empty value.
std::string pair(const std::string& key, const std::string& value) {
  return value.empty() ? "" : " " + quoted(key + "=" + value);
}

/// " key=value", or nothing for 0.
std::string count(const std::string& key, int64_t value) {
  return value == 0 ? "" : " " + key + "=" + std::to_string(value);
}

std::string digit_text(int digit) { return digit < 0 ? "all" : std::to_string(digit); }

/// How a network in a weights file is read.
std::string network_words(int64_t heads, bool raw) {
  return (heads > 0 ? " heads=" + std::to_string(heads) : "") + (raw ? " weights=raw" : "");
}

struct Formatter {
  std::string operator()(const TrainCommand& c) const {
    return "train" + pair("preset", c.preset) + budget_text(c.budget) + pair("out", c.out) +
           (c.figures ? " figures=on" : "") + pair("pictures", c.pictures) + (c.fresh ? " fresh=on" : "");
  }
  std::string operator()(const ReflowCommand& c) const {
    return "reflow pairs=" + std::to_string(c.pairs) + budget_text(c.budget) + pair("out", c.out) +
           (c.figures ? " figures=on" : "") + pair("pictures", c.pictures);
  }
  std::string operator()(const PauseCommand&) const { return "pause"; }
  std::string operator()(const ResumeCommand& c) const {
    return "resume" + budget_text(c.budget) + rate_text(c.rate);
  }
  std::string operator()(const StepCommand&) const { return "step"; }
  std::string operator()(const ResetCommand&) const { return "reset"; }
  std::string operator()(const UndoResetCommand&) const { return "undo-reset"; }
  std::string operator()(const SetCommand& c) const { return "set " + quoted(c.key) + " " + quoted(c.value); }
  std::string operator()(const PresetCommand& c) const { return "preset " + quoted(c.name); }
  std::string operator()(const OpenCommand& c) const { return "open " + quoted(c.path); }
  std::string operator()(const SaveCommand& c) const {
    return c.path.empty() ? "save" : "save " + quoted(c.path);
  }
  std::string operator()(const ExportCommand& c) const { return "export " + quoted(c.path); }
  std::string operator()(const SampleCommand& c) const {
    return "sample count=" + std::to_string(c.count) + " digit=" + digit_text(c.digit) +
           pair("solver", c.solver) + (c.nfe > 0 ? " nfe=" + std::to_string(c.nfe) : "") +
           " guidance=" + number_text(c.guidance) + " seed=" + std::to_string(c.seed) + pair("out", c.out) +
           pair("labels", c.labels) + pair("trajectory", c.trajectory);
  }
  std::string operator()(const ReconstructCommand& c) const {
    return "reconstruct" + pair("split", c.split) + " count=" + std::to_string(c.count) + pair("out", c.out);
  }
  std::string operator()(const LikelihoodCommand& c) const {
    return "likelihood" + count("digits", c.digits) + count("probes", c.probes) +
           (c.exact ? " exact=on" : "") + (c.unlabelled ? " unlabelled=on" : "") + pair("split", c.split) +
           " seed=" + std::to_string(c.seed) + pair("solver", c.solver) + count("steps", c.steps) +
           pair("out", c.out);
  }
  std::string operator()(const InvertCommand& c) const {
    return "invert" + pair("picture", c.picture) + (c.digit < 0 ? "" : " digit=" + std::to_string(c.digit)) +
           pair("split", c.split) + (c.label < 0 ? "" : " label=" + std::to_string(c.label)) +
           pair("to-class", c.to_class) + " guidance=" + number_text(c.guidance) + pair("solver", c.solver) +
           count("steps", c.steps) + pair("out", c.out) + pair("trajectory", c.trajectory);
  }
  std::string operator()(const EvaluateCommand& c) const {
    return "evaluate count=" + std::to_string(c.count);
  }
  std::string operator()(const JudgeCommand& c) const {
    return "judge seed=" + std::to_string(c.seed) + pair("out", c.out);
  }
  std::string operator()(const BenchCommand& c) const {
    std::string line = "bench";
    for (const auto& name : c.names) line += " " + quoted(name);
    return line;
  }
  std::string operator()(const VerifyCommand& c) const {
    return "verify" + pair("dit", c.dit) + pair("vae", c.vae) + pair("vectors", c.vectors) +
           network_words(c.heads, c.raw);
  }
  std::string operator()(const ReplayCommand& c) const {
    return "replay " + quoted(c.folder) + count("steps", c.steps) + pair("from", c.from);
  }
  std::string operator()(const SpeedrunCommand& c) const {
    return "speedrun" + (c.target > 0 ? " target=" + number_text(c.target) : "") + budget_text(c.budget) +
           pair("out", c.out);
  }
  std::string operator()(const VerifySpeedrunCommand& c) const {
    return "verify-speedrun " + quoted(c.record);
  }
  std::string operator()(const WeightsCommand& c) const {
    return "weights " + quoted(c.path) + network_words(c.heads, c.raw);
  }
  std::string operator()(const ExportWeightsCommand& c) const {
    return "export-weights" + pair("part", c.part) + pair("init", c.init) +
           " seed=" + std::to_string(c.seed) + pair("settings", c.settings) + pair("out", c.out);
  }
  std::string operator()(const InspectCommand& c) const {
    return "inspect" + pair("split", c.split) + pair("order", c.order) + " digit=" + digit_text(c.digit) +
           " offset=" + std::to_string(c.offset) + " count=" + std::to_string(c.count);
  }
  std::string operator()(const LabCommand& c) const {
    std::string line = "lab " + (c.tool.empty() ? "off" : quoted(c.tool));
    for (const auto& argument : c.arguments) line += " " + quoted(argument.first + "=" + argument.second);
    return line;
  }
  std::string operator()(const LabRunCommand& c) const {
    std::string line =
        "lab-run " + quoted(c.tool) + " seed=" + std::to_string(c.seed) + " digit=" + digit_text(c.digit) +
        (has_argument(lab_tool(c.tool), "guidance") ? "" : " guidance=" + number_text(c.guidance)) +
        pair("out", c.out);
    for (const auto& argument : c.arguments) line += " " + quoted(argument.first + "=" + argument.second);
    return line;
  }
  std::string operator()(const ListRunsCommand&) const { return "list-runs"; }
  std::string operator()(const CompareRunsCommand& c) const {
    return "compare-runs " + quoted(c.first) + " " + quoted(c.second);
  }
  std::string operator()(const DeleteRunCommand& c) const { return "delete-run " + quoted(c.folder); }
  std::string operator()(const ResumeRunCommand& c) const {
    return "resume-run " + quoted(c.folder) + budget_text(c.budget) + (c.figures ? " figures=on" : "") +
           pair("pictures", c.pictures) + rate_text(c.rate);
  }
  std::string operator()(const ShippedCommand&) const { return "shipped"; }
  std::string operator()(const BrowseCommand& c) const {
    return c.path.empty() ? "browse" : "browse " + quoted(c.path);
  }
  std::string operator()(const CancelCommand&) const { return "cancel"; }
  std::string operator()(const QuitCommand&) const { return "quit"; }
};

}  // namespace

std::string format_command(const Command& command) { return std::visit(Formatter{}, command.what); }

}  // namespace lf
