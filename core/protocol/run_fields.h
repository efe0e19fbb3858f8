// The fields of the commands that steer runs, settings and the views of the window.
#pragma once

#include "lab/tools.h"
#include "protocol/commands.h"
#include "protocol/field_form.h"
#include "protocol/figure_kinds.h"
#include "protocol/run_filter.h"
#include "protocol/run_label.h"

namespace lf {

template <>
struct CommandFields<TrainCommand> {
  using C = TrainCommand;
  static constexpr Verb verb{"train"};
  template <class Fields>
  static void list(Fields& f) {
    f.preset("preset", &C::preset, "{names} (default fast; quality on a GPU)");
    f.budget(&C::budget);
    fields::run_folder<C>(f);
    fields::run_images<C>(f);
    f.flag("fresh", &C::fresh, "a new run, even where one could be continued");
  }
};

template <>
struct CommandFields<ReflowCommand> {
  using C = ReflowCommand;
  static constexpr Verb verb{"reflow"};
  template <class Fields>
  static void list(Fields& f) {
    f.integer("pairs", &C::pairs, kLeastPairs, kMostPairs, "number of pairs (default {})", Written::Always);
    f.budget(&C::budget);
    fields::run_folder<C>(f);
    fields::run_images<C>(f);
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
    f.number("rate", &C::rate, kLeastRateFactor, 1, "factor of all learning rates");
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
struct CommandFields<FigureCommand> {
  using C = FigureCommand;
  static constexpr Verb verb{"figure"};
  template <class Fields>
  static void list(Fields& f) {
    f.word(&C::kind, "a figure, such as loss");
    f.path("file", &C::file, "file to write: .png, .svg, .pdf or .csv");
    fields::print_form<C>(f);
    f.text("x", &C::x, "visible range of a plot, LOW:HIGH (default: everything)");
    f.text("y", &C::y, "visible range of its values, LOW:HIGH (default: everything)");
    f.choice("axes", &C::axes, axes_names(), "{names} (default: the figure's own)");
    f.flag("by-seconds", &C::by_seconds, "curves over seconds of training instead of steps");
    f.flag("raw", &C::raw, "curves without their running mean");
    f.number("t", &C::t, 0, 1, "time of the digits and of the points on the map (default 1)");
  }
  static void check(const C& c) { check_figure(c); }
};

template <>
struct CommandFields<InspectCommand> {
  using C = InspectCommand;
  static constexpr Verb verb{"inspect"};
  template <class Fields>
  static void list(Fields& f) {
    fields::split<C>(f);
    f.choice("order", &C::order, {"first", "worst"}, "first or worst of them", Written::Always);
    f.class_or_all("digit", &C::digit, "0 to 9, or all (default)");
    f.integer("offset", &C::offset, 0, kMostSamples, "how many of them to leave out before the first shown",
              Written::Always);
    f.integer("count", &C::count, 1, kMostInspected, "how many to show (default {})", Written::Always);
  }
};

template <>
struct CommandFields<ViewStepCommand> {
  using C = ViewStepCommand;
  static constexpr Verb verb{"view-step"};
  template <class Fields>
  static void list(Fields& f) {
    f.integer("step", &C::step, 0, INT64_MAX, "flow step whose mark is shown (default: the present weights)");
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
struct CommandFields<ListRunsCommand> {
  using C = ListRunsCommand;
  static constexpr Verb verb{"list-runs"};
  template <class Fields>
  static void list(Fields& f) {
    f.text("search", &C::search, "only runs with all of these words, such as \"fast tag:paper\"");
    f.choice("sort", &C::sort, run_sort_names(), "{names} (default {})");
  }
};

template <>
struct CommandFields<CompareRunsCommand> {
  using C = CompareRunsCommand;
  static constexpr Verb verb{"compare-runs", 4};
  template <class Fields>
  static void list(Fields& f) {
    f.optional_path_word(&C::first, Written::Always);
    f.optional_path_word(&C::second, Written::Always);
    f.optional_path_word(&C::third);
    f.optional_path_word(&C::fourth);
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
struct CommandFields<RestoreRunCommand> {
  static constexpr Verb verb{"restore-run", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.path_word(&RestoreRunCommand::folder, "a run folder");
  }
};

template <>
struct CommandFields<EmptyTrashCommand> : fields::None {
  static constexpr Verb verb{"empty-trash"};
};

template <>
struct CommandFields<LabelRunCommand> {
  using C = LabelRunCommand;
  static constexpr Verb verb{"label-run", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.path_word(&C::folder, "a run folder");
    f.text("name", &C::name, "its name in lists");
    f.text("note", &C::note, "a note");
    f.text("tags", &C::tags, "its tags, separated by commas");
    f.choice("star", &C::star, {"on", "off"}, "on or off");
    f.text("clear", &C::clear, "what to remove: name, note or tags, separated by commas");
  }
  static void check(const C& c) { check_label_command(c); }
};

template <>
struct CommandFields<ThinMarksCommand> {
  static constexpr Verb verb{"thin-marks", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.path_word(&ThinMarksCommand::folder, "a run folder");
  }
};

template <>
struct CommandFields<ImportRunCommand> {
  static constexpr Verb verb{"import-run", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.path_word(&ImportRunCommand::folder, "a run folder");
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
    fields::run_images<C>(f);
    f.number("rate", &C::rate, kLeastRateFactor, 1, "factor of all learning rates");
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
