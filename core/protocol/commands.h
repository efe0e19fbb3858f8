// The requests of the app, a script or the command line to the experiment. Plain values, each with
// a text form: one command is one line of the command log, and the same lines form a script.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "config/settings.h"

namespace lf {

/// Starts a new run of the current preset, or continues a paused one when `fresh` is false. Files
/// are written to `out` (default: a new folder under the runs folder); figures and images are
/// optional.
struct TrainCommand {
  std::string preset;           ///< "" keeps the current settings
  Budget budget;                ///< nothing: the preset's own
  std::string out;              ///< run folder; "" chooses one
  bool figures = false;         ///< draw figures/*.png at the end
  bool fresh = false;           ///< start a new run even if one could be continued
  std::string pictures = "";    ///< epochs after which samples are written, see picture_plan.h
  std::string figures_as = "";  ///< with figures: other formats beside .png, such as svg,pdf
};
/// Starts a new run that keeps the current autoencoder and trains its flow on pairs of noise and of
/// the latent that this flow generates from it (Liu et al. 2023). Its trajectories become
/// straighter, so that fewer steps suffice.
struct ReflowCommand {
  int64_t pairs = 10000;
  Budget budget;                ///< of the flow; nothing: kReflowSteps
  std::string out;              ///< run folder; "" chooses one
  bool figures = false;         ///< as in TrainCommand
  std::string pictures = "";    ///< as in TrainCommand
  std::string figures_as = "";  ///< with figures: other formats beside .png, such as svg,pdf
};
struct PauseCommand {};
/// Continues a paused run; a finished one gets a new budget (re-warmed schedule).
struct ResumeCommand {
  Budget budget;
  double rate = 1;  ///< factor of all learning rates of the rest of the run, in (0, 1]
};
struct StepCommand {};       ///< one optimiser step of the current phase, then pause
struct ResetCommand {};      ///< saves the run, then back to step 0
struct UndoResetCommand {};  ///< undoes the last reset
struct SetCommand {
  std::string key, value;
};
struct PresetCommand {
  std::string name;
};
/// Opens a model, a run folder, a data folder or an image of a digit; the content decides which.
struct OpenCommand {
  std::string path;
};
struct SaveCommand {
  std::string path;  ///< "" is the run's own model.safetensors
};
/// How a figure is written: its size and its colours.
struct PrintForm {
  double width = 0;          ///< millimetres; 0 is the figure's own
  double height = 0;         ///< millimetres, of figures with plots; 0 follows from the width
  int64_t dpi = 0;           ///< pixels per inch of a .png; 0 is kScreenDpi
  std::string palette = "";  ///< of palette_names(); "" is screen for a .png, else print
};
/// Writes a figure of what is shown: .png, .svg, .pdf, or its numbers as .csv.
struct FigureCommand {
  std::string kind;       ///< of figure_kinds()
  std::string file = "";  ///< to write
  double width = 0, height = 0;
  int64_t dpi = 0;
  std::string palette = "";
  std::string x = "", y = "";  ///< visible ranges of a plot as LOW:HIGH; "" shows everything
  std::string axes = "";       ///< of axes_names(); "" is the figure's own
  bool by_seconds = false;     ///< curves over seconds of training instead of steps
  bool raw = false;            ///< curves without their running mean
  double t = 1;                ///< of the digits or of the points on the map
};
/// Writes the current preview: .gif, .webp or .mp4 (noise to digit), .png (grid) or .npy; or the numbers of
/// the open lab tool: .csv.
struct ExportCommand {
  std::string path;
};
struct SampleCommand {
  int64_t count = 40;
  int digit = -1;      ///< 0..9, −1 all in turn
  std::string solver;  ///< "" is sampler.solver
  int64_t nfe = 0;     ///< function evaluations per sample; 0 is sampler.steps
  double guidance = 1;
  uint64_t seed = 1;
  std::string out, labels;      ///< X.png, .npy, .gif, .webp or .mp4; L.npy
  int columns = 0;              ///< of a .png; 0: automatic
  std::string trajectory = "";  ///< T.csv: every state of every digit's trajectory, see sample_trajectory.h
};
/// The same noise after every mark of a run: an animation over the training, or a strip.
struct TimeLapseCommand {
  std::string out;     ///< .gif, .webp or .mp4 (all digits, a frame per mark), .png, .svg or .pdf (a row per
                       ///< digit, a column per mark), .csv or .npy
  int64_t count = 40;  ///< digits; at most ten rows of a strip
  int digit = -1;      ///< 0..9, −1 all in turn
  std::string solver;  ///< "" is sampler.solver
  int64_t nfe = 0;     ///< function evaluations per sample; 0 is sampler.steps
  double guidance = 1;
  uint64_t seed = 7;             ///< of the noise: as in the window's preview
  double width = 0, height = 0;  ///< these four as in PrintForm
  int64_t dpi = 0;
  std::string palette = "";
};
struct ReconstructCommand {
  std::string split = "test";
  int64_t count = 16;
  std::string out;  ///< .png (original | reconstruction | difference) or .npy
};
/// Likelihood of the latents of the first `digits` of a split, as in the lab tool of that name.
struct LikelihoodCommand {
  int64_t digits = 0;       ///< 0: as in the lab tool, 400 or 200 exact ones
  int64_t probes = 0;       ///< of Hutchinson's estimate, rounded up to pairs; 0: 4
  bool exact = false;       ///< by the exact trace instead of probes
  bool unlabelled = false;  ///< p(z); else p(z | its class), if the network is conditional
  std::string split = "test";
  uint64_t seed = 1;        ///< of the probes
  std::string solver = "";  ///< "" is rk4
  int64_t steps = 0;        ///< from digit to noise; 0: 8
  std::string out = "";     ///< F.csv: one row per digit
};
/// One digit to its noise, back again, and from there to other classes: the same as the lab's
/// drawing tool.
struct InvertCommand {
  std::string picture = "";     ///< file of an image; "" takes digit `digit` of the data set
  int64_t digit = -1;           ///< index in the split; −1 with an image
  std::string split = "test";   ///< of `digit`
  int64_t label = -1;           ///< class label for the inversion; −1: the data set's, else the judge's
  std::string to_class = "";    ///< of the edited digit: "0" … "9" or "all"; "" makes none
  double guidance = 1;          ///< of the edited digit
  std::string solver = "";      ///< "" is rk4
  int64_t steps = 0;            ///< in each direction; 0: 50
  std::string out = "";         ///< folder; created if missing
  std::string trajectory = "";  ///< T.csv: every state of every trajectory, see sample_trajectory.h
};
/// Full evaluation, `count` samples.
struct EvaluateCommand {
  int64_t count = 10000;
};
struct JudgeCommand {
  uint64_t seed = 1;
  std::string out;
};
struct BenchCommand {
  std::vector<std::string> names;  ///< empty: all
};
/// Compares a network of the reference system with reference vectors; exactly one of dit and vae is
/// given.
struct VerifyCommand {
  std::string dit, vae;  ///< weights
  std::string vectors;
  int64_t heads = 0;  ///< of a DiT whose metadata does not contain it; 0: width/64
  bool raw = false;   ///< the raw weights of a file that also holds averages (EMA)
};
/// Trains a stored run again and compares its weights at the recorded steps.
struct ReplayCommand {
  std::string folder;
  int64_t steps = 0;      ///< total optimiser steps; 0: the whole run
  std::string from = "";  ///< the model from which a reflow started
};
/// Starts a new run from the exact state (weights, averages, optimiser) of a stored run after a step of its
/// flow, with other settings from there on. The state comes from the checkpoint if that is the step; else the
/// run is trained again up to there, and its weights must be the recorded ones.
struct BranchCommand {
  std::string folder;           ///< of the parent
  int64_t step = -1;            ///< flow step; −1: that of its checkpoint
  std::string settings = "";    ///< "key=value" words, from config/branch_settings.h
  std::string from = "";        ///< as in ReplayCommand
  Budget budget = {};           ///< beyond the parent's own end; nothing: up to there
  std::string out = "";         ///< run folder; "" chooses one
  bool figures = false;         ///< as in TrainCommand
  std::string pictures = "";    ///< as in TrainCommand
  std::string figures_as = "";  ///< with figures: other formats beside .png, such as svg,pdf
};
/// Compares two to four models: digits from the same noise, settings, weights, curves, scores, and the step
/// at which two runs diverge.
struct CompareCommand {
  std::string first, second;            ///< model files or run folders
  std::string third = "", fourth = "";  ///< "" for none
  std::string out = "";                 ///< .png, .svg, .pdf, .csv or .html; "" writes nothing
  int64_t count = 40;                   ///< digits
  int digit = -1;                       ///< 0..9, −1 all in turn
  double guidance = 1;
  uint64_t seed = 7;             ///< of the noise: as in the window's preview
  int64_t samples = 0;           ///< of one evaluation; 0: only stored scores
  int64_t evaluations = 4;       ///< with different noise, for a standard deviation
  bool narrow = false;           ///< train both runs again to find the exact step at which they diverge
  double width = 0, height = 0;  ///< these four as in PrintForm
  int64_t dpi = 0;
  std::string palette = "";
};
/// Writes one HTML page that shows a run and contains its network.
struct ShareCommand {
  std::string run;    ///< run folder or model file; "" is the current model
  std::string out;    ///< .html
  uint64_t seed = 1;  ///< of the first noise in the page: as with `sample`
};
/// Trains untrained weights to a score of FD and records the time; the rules are in speedrun.h.
struct SpeedrunCommand {
  double target = 0;  ///< FD% to reach; 0: those of the rules, one after the other
  Budget budget;      ///< of the one target; nothing: that of the rules' table
  std::string out;    ///< folder of the record and its runs; "" chooses one
};
/// Scores the models of such a record again.
struct VerifySpeedrunCommand {
  std::string record;  ///< its speedrun.json
};
/// Trains one run after another: a combination of settings and a seed each. Exactly one of file and plan is
/// given.
struct SweepCommand {
  std::string file;       ///< sweep file, or the folder of a sweep to continue
  std::string plan;       ///< text of a sweep file
  std::string out;        ///< folder of the sweep; "" chooses one
  bool estimate = false;  ///< trains nothing: number of runs, duration and disk space
};
/// Shows a stored sweep.
struct ViewSweepCommand {
  std::string folder;
};
/// Lists the content of a weights file.
struct WeightsCommand {
  std::string path;
  int64_t heads = 0;  ///< as in VerifyCommand
  bool raw = false;   ///< as in VerifyCommand
};
/// Writes bare weights under their Python names: of the current model, or newly initialised.
struct ExportWeightsCommand {
  std::string part = "ema";  ///< "velocity", "ema" or "autoencoder"
  std::string init;          ///< a preset, or "original" for the reference DiT; "" takes the current model
  uint64_t seed = 1;         ///< of `init`
  std::string out;
  std::string settings = "";  ///< of `init`: "key=value" words
};
/// Selects the digits of the reconstruction view.
struct InspectCommand {
  std::string split = "test";
  std::string order = "first";  ///< "first" or "worst"
  int digit = -1;               ///< only this class; −1 all
  int64_t offset = 0;           ///< index of the first shown within that order
  int64_t count = 60;
};
/// Shows the current run as it was after a step of its flow.
struct ViewStepCommand {
  int64_t step = -1;  ///< the nearest mark is shown; −1 the present weights
};
/// Opens a lab tool (ids and arguments are in lab/tools.h). Its result is computed for the current
/// model, and again after every change; "" closes the lab.
struct LabCommand {
  std::string tool;
  std::map<std::string, std::string> arguments;  ///< those that differ from the tool's initial values
};
/// Answers a tool's question once, to its end, and writes the answer: what the lab shows, without a window.
struct LabRunCommand {
  std::string tool;
  std::map<std::string, std::string> arguments = {};  ///< those that are not the tool's initial ones
  uint64_t seed = 7;                                  ///< of the noise
  int digit = -1;                                     ///< class of the samples; −1 all in turn
  double guidance = 1;
  std::string out = "";          ///< F.png, .svg, .pdf or .csv; "" writes nothing
  double width = 0, height = 0;  ///< these four as in PrintForm
  int64_t dpi = 0;
  std::string palette = "";
};
/// Reads the runs folder again; without a window its result is the list.
struct ListRunsCommand {
  std::string search;           ///< only runs with all of these words, see run_filter.h
  std::string sort = "newest";  ///< of run_sort_names()
};
/// Compares up to four models or runs in the window: the snapshot's CompareBlock, and their curves. None ends
/// it.
struct CompareRunsCommand {
  std::string first, second;
  std::string third = "", fourth = "";
};
/// Moves a run to the trash of the runs folder.
struct DeleteRunCommand {
  std::string folder;
};
/// Returns a run from the trash to its place.
struct RestoreRunCommand {
  std::string folder;  ///< in the trash, or where the run was
};
/// Deletes everything in the trash.
struct EmptyTrashCommand {};
/// Changes the label of a run: what is empty here stays as it is.
struct LabelRunCommand {
  std::string folder;
  std::string name, note;
  std::string tags;   ///< separated by commas
  std::string star;   ///< "on" or "off"
  std::string clear;  ///< what is removed: "name", "note" or "tags", separated by commas
};
/// Removes every second mark of a stored run.
struct ThinMarksCommand {
  std::string folder;
};
/// Checks a run folder from elsewhere and copies it to the runs folder.
struct ImportRunCommand {
  std::string folder;
};
struct ResumeRunCommand {
  std::string folder;
  Budget budget;
  bool figures = false;         ///< draw figures/*.png at the end
  std::string pictures = "";    ///< as in TrainCommand
  double rate = 1;              ///< as in ResumeCommand
  std::string figures_as = "";  ///< with figures: other formats beside .png, such as svg,pdf
};
/// Returns to the bundled model.
struct ShippedCommand {};
/// Lists a folder for the file panel.
struct BrowseCommand {
  std::string path;
};
/// Stops the running job (evaluation, sampling, download), not the training.
struct CancelCommand {};
/// Saves what is unsaved and ends the worker.
struct QuitCommand {};

using CommandVariant = std::variant<
    TrainCommand, ReflowCommand, PauseCommand, ResumeCommand, StepCommand, ResetCommand, UndoResetCommand,
    SetCommand, PresetCommand, OpenCommand, SaveCommand, ExportCommand, FigureCommand, SampleCommand,
    TimeLapseCommand, ReconstructCommand, LikelihoodCommand, InvertCommand, EvaluateCommand, JudgeCommand,
    BenchCommand, VerifyCommand, ReplayCommand, BranchCommand, CompareCommand, ShareCommand, SpeedrunCommand,
    VerifySpeedrunCommand, SweepCommand, ViewSweepCommand, WeightsCommand, ExportWeightsCommand,
    InspectCommand, ViewStepCommand, LabCommand, LabRunCommand, ListRunsCommand, CompareRunsCommand,
    DeleteRunCommand, RestoreRunCommand, EmptyTrashCommand, LabelRunCommand, ThinMarksCommand,
    ImportRunCommand, ResumeRunCommand, ShippedCommand, BrowseCommand, CancelCommand, QuitCommand>;

/// One request to the experiment.
struct Command {
  CommandVariant what;
  Command() : what(PauseCommand{}) {}
  template <class T>
  Command(T value) : what(std::move(value)) {}  // NOLINT: a command is a command, however it is spelt
};

/// True when `newer` replaces the still queued `queued` (two values of one slider, two folder
/// listings).
bool same_kind_replaces(const Command& queued, const Command& newer);

/// The command as one line of the log, e.g. `train preset=fast seconds=20` or `set flow.lr 0.002`.
std::string format_command(const Command& command);

/// Parses such a line. Throws InputError that names the word and lists the known ones.
Command parse_command(const std::string& line);

/// True when parse_command knows lines starting with `word`.
bool is_command_word(const std::string& word);
/// All such words, in alphabetical order.
std::vector<std::string> command_words();

/// The words of a line, split at spaces; "double quotes" keep spaces together. Inside them \" \\ and \n stand
/// for a quote, a backslash and a line break. Throws InputError when a quote is not closed.
std::vector<std::string> split_words(const std::string& line);

/// `text` in double quotes when it is empty or has spaces, quotes or '#', so that split_words
/// returns it.
std::string quoted(const std::string& text);

}  // namespace lf
