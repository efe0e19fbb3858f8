// The fields of every command, each once: key, range, and how it is written. Text to commands, commands to
// text and the reading of paths follow from these lists, in their order.
//
// A new command needs its struct in commands.h, a line in CommandVariant, and its list here.
#pragma once

#include "base/classes.h"
#include "base/errors.h"
#include "config/picture_plan.h"
#include "config/solver_table.h"
#include "lab/tools.h"
#include "protocol/command_limits.h"
#include "protocol/commands.h"

namespace lf {

/// When a field is written: always, or when it differs from that of a new command.
enum class Written { IfSet, Always };

/// What begins the line of a command, and how many of its first words may contain '='.
struct Verb {
  const char* word;
  size_t path_words = 0;
};

/// The list of a command's fields: `static constexpr Verb verb` and a template `list(fields)`, which calls
/// one function of `fields` for each field:
///   integer, number (key, member, least, most, written)   in a range, ends included
///   seed (key, member)                                     0 … 2^64 − 1, always written
///   flag (key, member)                                     on or off
///   choice (key, member, known names, written)
///   choice_flag (key, member, name of false, name of true)
///   class_or_all (key, member)                             0 … 9, or all; always written
///   text, pictures, preset (key, member)                   as it is; a list of epochs; the name of a preset
///   path (key, member)                                     of a file or folder, as people write it
///   budget (member)                                        seconds, steps, epochs or until-fd
///   tool, tool_or_off (member)                             a lab tool, or off: a word without a key
///   arguments (tool, member, other keys)                   all other pairs: arguments of that tool
///   number_unless_argument (key, member, least, most, tool)  where the tool has no argument of that key
///   word (member, what), path_word (member, what)          a word without a key; `what` names it in errors,
///   optional_path_word (member), words (member)            and there is no error for these
/// After the fields `check(command)` may throw InputError.
template <class Command>
struct CommandFields;

namespace fields {

inline const std::vector<std::string>& splits() {
  static const std::vector<std::string> names{"test", "train"};
  return names;
}

inline double most_guidance() { return setting_info("preview.guidance").max; }
inline constexpr int64_t kMostHeads = 65536;

/// Heads and weights of a network in a file.
template <class Command, class Fields>
void network(Fields& f) {
  f.integer("heads", &Command::heads, 1, kMostHeads);
  f.choice_flag("weights", &Command::raw, "ema", "raw");
}

struct None {
  template <class Fields>
  static void list(Fields&) {}
};

}  // namespace fields

template <>
struct CommandFields<TrainCommand> {
  using C = TrainCommand;
  static constexpr Verb verb{"train"};
  template <class Fields>
  static void list(Fields& f) {
    f.preset("preset", &C::preset);
    f.budget(&C::budget);
    f.path("out", &C::out);
    f.flag("figures", &C::figures);
    f.pictures("pictures", &C::pictures);
    f.flag("fresh", &C::fresh);
  }
};

template <>
struct CommandFields<ReflowCommand> {
  using C = ReflowCommand;
  static constexpr Verb verb{"reflow"};
  template <class Fields>
  static void list(Fields& f) {
    f.integer("pairs", &C::pairs, kLeastPairs, kMostPairs, Written::Always);
    f.budget(&C::budget);
    f.path("out", &C::out);
    f.flag("figures", &C::figures);
    f.pictures("pictures", &C::pictures);
  }
};

template <>
struct CommandFields<PauseCommand> : fields::None {
  static constexpr Verb verb{"pause"};
};

template <>
struct CommandFields<ResumeCommand> {
  using C = ResumeCommand;
  static constexpr Verb verb{"resume"};
  template <class Fields>
  static void list(Fields& f) {
    f.budget(&C::budget);
    f.number("rate", &C::rate, kLeastRateFactor, 1);
  }
};

template <>
struct CommandFields<StepCommand> : fields::None {
  static constexpr Verb verb{"step"};
};

template <>
struct CommandFields<ResetCommand> : fields::None {
  static constexpr Verb verb{"reset"};
};

template <>
struct CommandFields<UndoResetCommand> : fields::None {
  static constexpr Verb verb{"undo-reset"};
};

template <>
struct CommandFields<SetCommand> {
  using C = SetCommand;
  static constexpr Verb verb{"set", 2};
  template <class Fields>
  static void list(Fields& f) {
    f.word(&C::key, "a key and a value");
    f.word(&C::value, "a value");
  }
  /// Key and value are checked here, so that a script reports the wrong line before anything runs.
  static void check(const C& c) { Settings().set(c.key, c.value); }
};

template <>
struct CommandFields<PresetCommand> {
  using C = PresetCommand;
  static constexpr Verb verb{"preset", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.word(&C::name, "a name");
  }
  static void check(C& c) { c.name = preset_info(c.name).name; }
};

template <>
struct CommandFields<OpenCommand> {
  static constexpr Verb verb{"open", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.path_word(&OpenCommand::path, "a path");
  }
};

template <>
struct CommandFields<SaveCommand> {
  static constexpr Verb verb{"save", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.optional_path_word(&SaveCommand::path);
  }
};

template <>
struct CommandFields<ExportCommand> {
  static constexpr Verb verb{"export", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.path_word(&ExportCommand::path, "a path");
  }
};

template <>
struct CommandFields<SampleCommand> {
  using C = SampleCommand;
  static constexpr Verb verb{"sample"};
  template <class Fields>
  static void list(Fields& f) {
    f.integer("count", &C::count, 1, kMostSamples, Written::Always);
    f.class_or_all("digit", &C::digit);
    f.choice("solver", &C::solver, solver_ids());
    f.integer("nfe", &C::nfe, 1, kMostEvaluations);
    f.number("guidance", &C::guidance, 0, fields::most_guidance(), Written::Always);
    f.seed("seed", &C::seed);
    f.path("out", &C::out);
    f.path("labels", &C::labels);
    f.path("trajectory", &C::trajectory);
  }
};

template <>
struct CommandFields<ReconstructCommand> {
  using C = ReconstructCommand;
  static constexpr Verb verb{"reconstruct"};
  template <class Fields>
  static void list(Fields& f) {
    f.choice("split", &C::split, fields::splits(), Written::Always);
    f.integer("count", &C::count, 1, kMostSamples, Written::Always);
    f.path("out", &C::out);
  }
};

template <>
struct CommandFields<LikelihoodCommand> {
  using C = LikelihoodCommand;
  static constexpr Verb verb{"likelihood"};
  template <class Fields>
  static void list(Fields& f) {
    f.integer("digits", &C::digits, 1, kMostLikelyDigits);
    f.integer("probes", &C::probes, 2, kMostProbes);
    f.flag("exact", &C::exact);
    f.flag("unlabelled", &C::unlabelled);
    f.choice("split", &C::split, fields::splits(), Written::Always);
    f.seed("seed", &C::seed);
    f.choice("solver", &C::solver, solver_ids());
    f.integer("steps", &C::steps, 1, kMostOdeSteps);
    f.path("out", &C::out);
  }
};

template <>
struct CommandFields<InvertCommand> {
  using C = InvertCommand;
  static constexpr Verb verb{"invert"};
  template <class Fields>
  static void list(Fields& f) {
    f.path("picture", &C::picture);
    f.integer("digit", &C::digit, 0, kMostSamples);
    f.choice("split", &C::split, fields::splits(), Written::Always);
    f.integer("label", &C::label, 0, kClasses - 1);
    f.choice("to-class", &C::to_class, {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "all"});
    f.number("guidance", &C::guidance, 0, fields::most_guidance(), Written::Always);
    f.choice("solver", &C::solver, solver_ids());
    f.integer("steps", &C::steps, 1, kMostOdeSteps);
    f.path("out", &C::out);
    f.path("trajectory", &C::trajectory);
  }
};

template <>
struct CommandFields<EvaluateCommand> {
  static constexpr Verb verb{"evaluate"};
  template <class Fields>
  static void list(Fields& f) {
    f.integer("count", &EvaluateCommand::count, kLeastEvaluated, kMostSamples, Written::Always);
  }
};

template <>
struct CommandFields<JudgeCommand> {
  static constexpr Verb verb{"judge"};
  template <class Fields>
  static void list(Fields& f) {
    f.seed("seed", &JudgeCommand::seed);
    f.path("out", &JudgeCommand::out);
  }
};

template <>
struct CommandFields<BenchCommand> {
  static constexpr Verb verb{"bench"};
  template <class Fields>
  static void list(Fields& f) {
    f.words(&BenchCommand::names);
  }
};

template <>
struct CommandFields<VerifyCommand> {
  using C = VerifyCommand;
  static constexpr Verb verb{"verify"};
  template <class Fields>
  static void list(Fields& f) {
    f.path("dit", &C::dit);
    f.path("vae", &C::vae);
    f.path("vectors", &C::vectors);
    fields::network<C>(f);
  }
};

template <>
struct CommandFields<ReplayCommand> {
  using C = ReplayCommand;
  static constexpr Verb verb{"replay", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.path_word(&C::folder, "a run folder");
    f.integer("steps", &C::steps, 1, kMostSteps);
    f.path("from", &C::from);
  }
};

template <>
struct CommandFields<SpeedrunCommand> {
  using C = SpeedrunCommand;
  static constexpr Verb verb{"speedrun"};
  template <class Fields>
  static void list(Fields& f) {
    f.number("target", &C::target, kLeastFd, kMostSpeedrunFd);
    f.budget(&C::budget);
    f.path("out", &C::out);
  }
};

template <>
struct CommandFields<VerifySpeedrunCommand> {
  static constexpr Verb verb{"verify-speedrun", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.path_word(&VerifySpeedrunCommand::record, "a path");
  }
};

template <>
struct CommandFields<WeightsCommand> {
  using C = WeightsCommand;
  static constexpr Verb verb{"weights", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.path_word(&C::path, "a path");
    fields::network<C>(f);
  }
};

template <>
struct CommandFields<ExportWeightsCommand> {
  using C = ExportWeightsCommand;
  static constexpr Verb verb{"export-weights"};
  template <class Fields>
  static void list(Fields& f) {
    f.choice("part", &C::part, {"velocity", "ema", "autoencoder"}, Written::Always);
    f.text("init", &C::init);
    f.seed("seed", &C::seed);
    f.text("settings", &C::settings);
    f.path("out", &C::out);
  }
};

template <>
struct CommandFields<InspectCommand> {
  using C = InspectCommand;
  static constexpr Verb verb{"inspect"};
  template <class Fields>
  static void list(Fields& f) {
    f.choice("split", &C::split, fields::splits(), Written::Always);
    f.choice("order", &C::order, {"first", "worst"}, Written::Always);
    f.class_or_all("digit", &C::digit);
    f.integer("offset", &C::offset, 0, kMostSamples, Written::Always);
    f.integer("count", &C::count, 1, kMostInspected, Written::Always);
  }
};

template <>
struct CommandFields<LabCommand> {
  using C = LabCommand;
  static constexpr Verb verb{"lab"};
  template <class Fields>
  static void list(Fields& f) {
    f.tool_or_off(&C::tool);
    f.arguments(&C::tool, &C::arguments, {});
  }
};

template <>
struct CommandFields<LabRunCommand> {
  using C = LabRunCommand;
  static constexpr Verb verb{"lab-run"};
  template <class Fields>
  static void list(Fields& f) {
    f.tool(&C::tool);
    f.seed("seed", &C::seed);
    f.class_or_all("digit", &C::digit);
    f.number_unless_argument("guidance", &C::guidance, 0, fields::most_guidance(), &C::tool);
    f.path("out", &C::out);
    f.arguments(&C::tool, &C::arguments, {"seed", "digit", "guidance", "out"});
  }
};

template <>
struct CommandFields<ListRunsCommand> : fields::None {
  static constexpr Verb verb{"list-runs"};
};

template <>
struct CommandFields<CompareRunsCommand> {
  using C = CompareRunsCommand;
  static constexpr Verb verb{"compare-runs", 2};
  template <class Fields>
  static void list(Fields& f) {
    f.optional_path_word(&C::first, Written::Always);
    f.optional_path_word(&C::second, Written::Always);
  }
};

template <>
struct CommandFields<DeleteRunCommand> {
  static constexpr Verb verb{"delete-run", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.path_word(&DeleteRunCommand::folder, "a path");
  }
};

template <>
struct CommandFields<ResumeRunCommand> {
  using C = ResumeRunCommand;
  static constexpr Verb verb{"resume-run", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.path_word(&C::folder, "a run folder");
    f.budget(&C::budget);
    f.flag("figures", &C::figures);
    f.pictures("pictures", &C::pictures);
    f.number("rate", &C::rate, kLeastRateFactor, 1);
  }
};

template <>
struct CommandFields<ShippedCommand> : fields::None {
  static constexpr Verb verb{"shipped"};
};

template <>
struct CommandFields<BrowseCommand> {
  static constexpr Verb verb{"browse", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.optional_path_word(&BrowseCommand::path);
  }
};

template <>
struct CommandFields<CancelCommand> : fields::None {
  static constexpr Verb verb{"cancel"};
};

template <>
struct CommandFields<QuitCommand> : fields::None {
  static constexpr Verb verb{"quit"};
};

}  // namespace lf
