// The fields of the commands that are jobs: each ends with a result, most with a file.
#pragma once

#include "base/classes.h"
#include "config/solver_table.h"
#include "lab/tools.h"
#include "protocol/commands.h"
#include "protocol/field_form.h"

namespace lf {

template <>
struct CommandFields<SampleCommand> {
  using C = SampleCommand;
  static constexpr Verb verb{"sample"};
  template <class Fields>
  static void list(Fields& f) {
    f.integer("count", &C::count, 1, kMostSamples, "number of digits (default {})", Written::Always);
    f.class_or_all("digit", &C::digit, "0 to 9, or all in turn (default)");
    f.choice("solver", &C::solver, solver_ids(), "{names} (default the model's setting sampler.solver)");
    f.integer("nfe", &C::nfe, 1, kMostEvaluations,
              "function evaluations per digit (default: those of the model's sampler)");
    f.number("guidance", &C::guidance, 0, fields::most_guidance(),
             "guidance weight: 1 is conditional, above 1 amplified", Written::Always);
    f.seed("seed", &C::seed, "seed of the noise (default {})");
    f.path("out", &C::out, "file to write: .png, .npy, .gif, .webp or .mp4");
    f.path("labels", &C::labels, "also write the class labels: .npy");
    f.path("trajectory", &C::trajectory, "also write every state as latents: .csv");
  }
};

template <>
struct CommandFields<TimeLapseCommand> {
  using C = TimeLapseCommand;
  static constexpr Verb verb{"time-lapse"};
  template <class Fields>
  static void list(Fields& f) {
    f.path("out", &C::out, "file to write: .gif, .webp, .mp4, .png, .svg, .pdf, .csv or .npy");
    f.integer("count", &C::count, 1, kMostTimeLapseDigits,
              "number of digits (default {}); a strip shows at most ten");
    f.class_or_all("digit", &C::digit, "0 to 9, or all in turn (default)");
    f.choice("solver", &C::solver, solver_ids(), "{names} (default the model's setting sampler.solver)");
    f.integer("nfe", &C::nfe, 1, kMostEvaluations,
              "function evaluations per digit (default: those of the model's sampler)");
    f.number("guidance", &C::guidance, 0, fields::most_guidance(),
             "guidance weight: 1 is conditional, above 1 amplified", Written::Always);
    f.seed("seed", &C::seed, "seed of the noise (default {}, that of the window's preview)");
    fields::print_form<C>(f);
  }
};

template <>
struct CommandFields<ReconstructCommand> {
  using C = ReconstructCommand;
  static constexpr Verb verb{"reconstruct"};
  template <class Fields>
  static void list(Fields& f) {
    fields::split<C>(f);
    f.integer("count", &C::count, 1, kMostSamples, "number of digits (default {})", Written::Always);
    f.path("out", &C::out, "file to write: .png or .npy");
  }
};

template <>
struct CommandFields<LikelihoodCommand> {
  using C = LikelihoodCommand;
  static constexpr Verb verb{"likelihood"};
  template <class Fields>
  static void list(Fields& f) {
    f.integer("digits", &C::digits, 1, kMostLikelyDigits,
              "number of digits, from the first on (default 400, or 200 with --exact)");
    f.integer("probes", &C::probes, 2, kMostProbes,
              "random probes per digit, rounded up to pairs (default 4)");
    f.flag("exact", &C::exact, "the exact trace instead of probes, about ten times slower");
    f.flag("unlabelled", &C::unlabelled, "unconditional, without the digits' labels");
    fields::split<C>(f);
    f.seed("seed", &C::seed, "seed of the probes (default {})");
    f.choice("solver", &C::solver, solver_ids(), "{names} (default rk4)");
    f.integer("steps", &C::steps, 1, kMostOdeSteps, "equal steps from digit to noise (default 8)");
    f.path("out", &C::out, "also write one row per digit: .csv");
  }
};

template <>
struct CommandFields<InvertCommand> {
  using C = InvertCommand;
  static constexpr Verb verb{"invert"};
  template <class Fields>
  static void list(Fields& f) {
    f.path("picture", &C::picture,
           "image of a digit: photograph, scan or drawing of any size (PNG, JPEG, BMP, GIF)");
    f.integer("digit", &C::digit, 0, kMostSamples, "instead: index of a digit in the data set, from 0");
    fields::split<C>(f);
    f.integer("label", &C::label, 0, kClasses - 1, "class label for the network");
    f.class_word("to-class", &C::to_class, "0 to 9, or all: also generate this class from its noise");
    f.number("guidance", &C::guidance, 0, fields::most_guidance(),
             "guidance weight of the edited digit: 1 is conditional, above 1 amplified", Written::Always);
    f.choice("solver", &C::solver, solver_ids(), "{names} (default rk4)");
    f.integer("steps", &C::steps, 1, kMostOdeSteps, "equal steps in each direction (default 50)");
    f.path("out", &C::out, "folder to write to, made if missing");
    f.path("trajectory", &C::trajectory, "also write every state as latents: .csv");
  }
};

template <>
struct CommandFields<EvaluateCommand> {
  static constexpr Verb verb{"evaluate"};
  template <class Fields>
  static void list(Fields& f) {
    f.integer("count", &EvaluateCommand::count, kLeastEvaluated, kMostSamples,
              "samples to score (default {})", Written::Always);
  }
};

template <>
struct CommandFields<JudgeCommand> {
  static constexpr Verb verb{"judge"};
  template <class Fields>
  static void list(Fields& f) {
    f.seed("seed", &JudgeCommand::seed, "seed of all random numbers (default {})");
    f.path("out", &JudgeCommand::out, "file to write: .safetensors");
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
    f.path("dit", &C::dit, "weights of a DiT (.safetensors)");
    f.path("vae", &C::vae, "weights of an AutoencoderKL (.safetensors)");
    f.path("vectors", &C::vectors, "reference values to compare with (.safetensors)");
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
    f.integer("steps", &C::steps, 1, kMostSteps,
              "only this many optimiser steps, both parts together (default: all)");
    f.path("from", &C::from, "with a reflow: the model that it started from");
  }
};

template <>
struct CommandFields<BranchCommand> {
  using C = BranchCommand;
  static constexpr Verb verb{"branch", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.path_word(&C::folder, "a run folder");
    f.integer("at", &C::step, 0, kMostSteps,
              "flow step at which it begins (default: that of the checkpoint)");
    f.text("settings", &C::settings, "settings from there on, as key=value words");
    f.path("from", &C::from, "of a reflow: the model that it started from");
    f.budget(&C::budget);
    fields::run_folder<C>(f);
    fields::run_images<C>(f);
  }
};

template <>
struct CommandFields<CompareCommand> {
  using C = CompareCommand;
  static constexpr Verb verb{"compare", 2};
  template <class Fields>
  static void list(Fields& f) {
    f.path_word(&C::first, "a model or run");
    f.path_word(&C::second, "a second model or run");
    f.path("third", &C::third, "a third model or run");
    f.path("fourth", &C::fourth, "a fourth model or run");
    f.path("out", &C::out, "file to write: .png, .svg, .pdf, .csv or .html; or .gif, .webp, .mp4: over t");
    f.integer("count", &C::count, 1, kMostTimeLapseDigits, "number of digits (default {})");
    f.class_or_all("digit", &C::digit, "0 to 9, or all in turn (default)");
    f.number("guidance", &C::guidance, 0, fields::most_guidance(),
             "guidance weight: 1 is conditional, above 1 amplified", Written::Always);
    f.seed("seed", &C::seed, "seed of the noise (default {}, that of the window's preview)");
    f.integer("samples", &C::samples, kLeastEvaluated, kMostSamples,
              "score each model with so many samples (default: only the scores stored with it)");
    f.integer("evaluations", &C::evaluations, 1, kMostRepeatedEvaluations,
              "with --samples: evaluations with different noise (default {})");
    f.flag("narrow", &C::narrow,
           "train the first two runs again to find the exact step at which they diverge");
    fields::print_form<C>(f);
  }
};

template <>
struct CommandFields<ShareCommand> {
  using C = ShareCommand;
  static constexpr Verb verb{"share"};
  template <class Fields>
  static void list(Fields& f) {
    f.path("run", &C::run, "run folder or model file (default: the current model)");
    f.path("out", &C::out, "file to write: .html");
    f.seed("seed", &C::seed, "seed of the first noise in the page (default {}), as with sample");
  }
};

template <>
struct CommandFields<SpeedrunCommand> {
  using C = SpeedrunCommand;
  static constexpr Verb verb{"speedrun"};
  template <class Fields>
  static void list(Fields& f) {
    f.number("target", &C::target, kLeastFd, kMostSpeedrunFd,
             "FD% to reach (default: the targets of the rules, one after the other)");
    f.budget(&C::budget);
    f.path("out", &C::out, "folder of the record (default: a new one among your runs)");
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
struct CommandFields<SweepCommand> {
  using C = SweepCommand;
  static constexpr Verb verb{"sweep"};
  template <class Fields>
  static void list(Fields& f) {
    f.path("file", &C::file, "sweep file (.json), or the folder of a sweep to continue");
    f.text("plan", &C::plan, "text of a sweep file");
    f.path("out", &C::out, "folder of the sweep (default: a new one among your runs)");
    f.flag("estimate", &C::estimate, "trains nothing: number of runs, duration and disk space");
  }
};

template <>
struct CommandFields<ViewSweepCommand> {
  static constexpr Verb verb{"view-sweep", 1};
  template <class Fields>
  static void list(Fields& f) {
    f.path_word(&ViewSweepCommand::folder, "the folder of a sweep");
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
    f.choice("part", &C::part, {"velocity", "ema", "autoencoder"},
             "velocity, ema or autoencoder (default {})", Written::Always);
    f.text("init", &C::init, "freshly initialised instead: original (DiT-B/2), fast, quality, tiny");
    f.seed("seed", &C::seed, "seed (default {})");
    f.text("settings", &C::settings, "settings of the fresh network, as key=value words");
    f.path("out", &C::out, "file to write: .safetensors");
  }
};

template <>
struct CommandFields<LabRunCommand> {
  using C = LabRunCommand;
  static constexpr Verb verb{"lab-run"};
  template <class Fields>
  static void list(Fields& f) {
    f.tool(&C::tool);
    f.seed("seed", &C::seed, "seed of the noise (default {})");
    f.class_or_all("digit", &C::digit, "class label of the samples: 0 to 9, or all in turn (default)");
    f.number_unless_argument("guidance", &C::guidance, 0, fields::most_guidance(), &C::tool,
                             "guidance weight: 1 is conditional, more amplifies");
    f.path("out", &C::out, "file to write: .png, .svg, .pdf or .csv; of tools with t also .gif, .webp, .mp4");
    fields::print_form<C>(f);
    f.arguments(&C::tool, &C::arguments,
                {"seed", "digit", "guidance", "out", "width", "height", "dpi", "palette"});
  }
};

}  // namespace lf
