// The form in which the fields of the commands are stated: key, range, meaning, and how they are written.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "config/settings.h"
#include "protocol/command_limits.h"
#include "protocol/figure_kinds.h"

namespace lf {

/// When a field is written: always, or when it differs from that of a new command.
enum class Written { IfSet, Always };

/// What begins the line of a command, and how many of its first words may contain '='.
struct Verb {
  const char* word;
  size_t path_words = 0;
};

/// The list of a command's fields: `static constexpr Verb verb` and a template `list(fields)`, which calls
/// one function of `fields` for each field, with key, member, what the kind needs, and meaning:
///   integer, number (…, least, most, meaning, written)   in a range, ends included
///   seed, flag                                           0 … 2^64 − 1, always written; on or off
///   choice (…, known names, meaning, written)
///   choice_flag (…, name of false, name of true, meaning)
///   class_or_all, class_word                             0 … 9, or all: as −1, always written; as the word
///   text, pictures, preset                               as it is; a list of epochs; the name of a preset
///   path                                                 of a file or folder, as people write it
///   number_unless_argument (…, least, most, tool, meaning)  where the tool has no argument of that key
/// Fields without one key have no meaning either:
///   budget (member)                                      its own list: seconds, steps, epochs or until-fd
///   tool, tool_or_off (member)                           a lab tool, or off: a word without a key
///   arguments (tool, member, other keys)                 all other pairs: arguments of that tool
///   word (member, what), path_word (member, what)        a word without a key; `what` names it in errors,
///   optional_path_word (member), words (member)          and there is no error for these
///
/// The meaning is the help of the option on the command line (cli/options/field_options.h). In it, {} stands
/// for the value in a new command and {names} for the known names.
///
/// After the fields `check(command)` may throw InputError.
template <class Command>
struct CommandFields;

/// Passes over every field: the base of what looks for fields of a few kinds.
template <class C>
class IgnoredFields {
 public:
  template <class T>
  void integer(const char*, T C::*, int64_t, int64_t, const char*, Written = Written::IfSet) {}
  void number(const char*, double C::*, double, double, const char*, Written = Written::IfSet) {}
  void seed(const char*, uint64_t C::*, const char*) {}
  void flag(const char*, bool C::*, const char*) {}
  void choice(const char*, std::string C::*, const std::vector<std::string>&, const char*,
              Written = Written::IfSet) {}
  void choice_flag(const char*, bool C::*, const char*, const char*, const char*) {}
  void class_or_all(const char*, int C::*, const char*) {}
  void class_word(const char*, std::string C::*, const char*) {}
  void text(const char*, std::string C::*, const char*) {}
  void pictures(const char*, std::string C::*, const char*) {}
  void preset(const char*, std::string C::*, const char*) {}
  void path(const char*, std::string C::*, const char*) {}
  void budget(Budget C::*) {}
  void tool(std::string C::*) {}
  void tool_or_off(std::string C::*) {}
  void arguments(std::string C::*, std::map<std::string, std::string> C::*, const std::vector<std::string>&) {
  }
  void number_unless_argument(const char*, double C::*, double, double, std::string C::*, const char*) {}
  void word(std::string C::*, const char*) {}
  void path_word(std::string C::*, const char*) {}
  void optional_path_word(std::string C::*, Written = Written::IfSet) {}
  void words(std::vector<std::string> C::*) {}
};

template <>
struct CommandFields<Budget> {
  template <class Fields>
  static void list(Fields& f) {
    f.number("seconds", &Budget::seconds, kLeastSeconds, kMostSeconds,
             "training time of everything, autoencoder included");
    f.integer("steps", &Budget::steps, 1, kMostSteps, "optimiser steps of the flow");
    f.number("epochs", &Budget::epochs, kLeastEpochs, kMostEpochs, "passes of the flow over the digits");
    f.number("until-fd", &Budget::until_fd, kLeastFd, kMostFd, "train until FD% falls below this");
  }
};

/// What several commands have.
namespace fields {

inline double most_guidance() { return setting_info(&PreviewSettings::guidance).max; }

/// The part of the data set.
template <class Command, class Fields>
void split(Fields& f) {
  static const std::vector<std::string> names{"test", "train"};
  f.choice("split", &Command::split, names, "{} (default) or train", Written::Always);
}

/// The folder of a run.
template <class Command, class Fields>
void run_folder(Fields& f) {
  f.path("out", &Command::out, "run folder (default: a new one in your data home)");
}

/// What a run draws beside its model.
template <class Command, class Fields>
void run_images(Fields& f) {
  f.flag("figures", &Command::figures,
         "save loss, reconstructions, samples and trajectories as images in figures/");
  f.pictures("pictures", &Command::pictures,
             "save sixteen samples after these epochs of the flow, such as 1,50,100,final");
  f.text("figures-as", &Command::figures_as,
         "with figures: also in these formats, separated by commas: svg, pdf, csv");
}

/// Size and colours of a figure.
template <class Command, class Fields>
void print_form(Fields& f) {
  f.number("width", &Command::width, kLeastPrintMm, kMostPrintMm,
           "width of a figure in mm (default: the figure's own)");
  f.number("height", &Command::height, kLeastPrintMm, kMostPrintMm,
           "height in mm of a figure with plots (default: follows from the width)");
  f.integer("dpi", &Command::dpi, kLeastDpi, kMostDpi,
            "pixels per inch of a .png (default 212: as many pixels as in the window's figures)");
  f.choice("palette", &Command::palette, palette_names(),
           "{names}: dark or light as in the window, white and colour-blind safe, or without colours "
           "(default screen for a .png, else print)");
}

/// Heads and weights of a network in a file.
template <class Command, class Fields>
void network(Fields& f) {
  f.integer("heads", &Command::heads, 1, kMostHeads,
            "attention heads, for weights whose metadata do not name them");
  f.choice_flag("weights", &Command::raw, "ema", "raw",
                "which of the two, for files that also hold averages (ema)");
}

struct None {
  template <class Fields>
  static void list(Fields&) {}
};

}  // namespace fields

}  // namespace lf
