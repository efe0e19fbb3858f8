// What the app (or a script, or the command line) may ask of the experiment. Plain values, each with a text
// form: one command is one line of the command log, and the same lines make a script.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "config/settings.h"

namespace lf {

/// Starts a new run of the current preset, or goes on with a paused one when `fresh` is false. Files are
/// written to `out` (default: a new folder under the runs folder); figures and pictures are optional.
struct TrainCommand {
  std::string preset;         ///< "" keeps the current settings
  Budget budget;              ///< nothing: the preset's own
  std::string out;            ///< run folder; "" chooses one
  bool figures = false;       ///< draw figures/*.png at the end
  bool fresh = false;         ///< start anew even when a run could be continued
  std::string pictures = "";  ///< epochs after which samples are drawn, see picture_plan.h
};
/// Starts a new run that keeps the autoencoder in hand and trains its flow on pairs of noise and of the
/// latent where that flow takes it (Liu et al. 2023): its ways become straighter, so that fewer steps do.
struct ReflowCommand {
  int64_t pairs = 10000;
  Budget budget;              ///< of the flow; nothing: kReflowSteps
  std::string out;            ///< run folder; "" chooses one
  bool figures = false;       ///< as in TrainCommand
  std::string pictures = "";  ///< as in TrainCommand
};
struct PauseCommand {};
/// Continues a paused run; a finished one gets a new budget (re-warmed schedule).
struct ResumeCommand {
  Budget budget;
  double rate = 1;  ///< all learning rates of the rest of the run times this, in (0, 1]
};
struct StepCommand {};       ///< one optimiser step of the current phase, then pause
struct ResetCommand {};      ///< saves the run, then back to step 0
struct UndoResetCommand {};  ///< takes the last reset back
struct SetCommand {
  std::string key, value;
};
struct PresetCommand {
  std::string name;
};
/// Opens a model, a run folder, a data folder or a picture of a digit; which of them is decided by what is
/// found there.
struct OpenCommand {
  std::string path;
};
struct SaveCommand {
  std::string path;  ///< "" is the run's own model.safetensors
};
/// Writes the current preview: .gif (noise to digit), .png (grid) or .npy; or the numbers of the lab's open
/// tool: .csv.
struct ExportCommand {
  std::string path;
};
struct SampleCommand {
  int64_t count = 40;
  int digit = -1;      ///< 0..9, −1 all in turn
  std::string solver;  ///< "" is sampler.solver
  int64_t nfe = 0;     ///< velocity evaluations per sample; 0 is sampler.steps
  double guidance = 1;
  uint64_t seed = 1;
  std::string out, labels;      ///< X.png, .npy or .gif; L.npy
  int columns = 0;              ///< of a .png; 0: as many as fit well
  std::string trajectory = "";  ///< T.csv: every state of every digit on its way, see sample_trajectory.h
};
struct ReconstructCommand {
  std::string split = "test";
  int64_t count = 16;
  std::string out;  ///< .png (original | reconstruction | difference) or .npy
};
/// Likelihood of the latents of the first `digits` of a split, as the lab's tool of that name measures it.
struct LikelihoodCommand {
  int64_t digits = 0;       ///< 0: as many as the lab's tool, 400 or 200 exact ones
  int64_t probes = 0;       ///< of Hutchinson's estimate, rounded up to pairs; 0: 4
  bool exact = false;       ///< by the exact trace instead of probes
  bool unlabelled = false;  ///< p(z); else p(z | its digit), where the net knows labels
  std::string split = "test";
  uint64_t seed = 1;        ///< of the probes
  std::string solver = "";  ///< "" is rk4
  int64_t steps = 0;        ///< from digit to noise; 0: 8
  std::string out = "";     ///< F.csv: one row for every digit
};
/// One digit to its noise, back again, and from there to other classes: what the lab's drawing tool does.
struct InvertCommand {
  std::string picture = "";     ///< file of a picture; "" takes digit `digit` of the data set
  int64_t digit = -1;           ///< place in the split; −1 with a picture
  std::string split = "test";   ///< of `digit`
  int64_t label = -1;           ///< class that the net is told; −1: the data set's, else the judge's
  std::string to_class = "";    ///< of the edited digit: "0" … "9" or "all"; "" draws none
  double guidance = 1;          ///< of the edited digit
  std::string solver = "";      ///< "" is rk4
  int64_t steps = 0;            ///< each way; 0: 50
  std::string out = "";         ///< folder; made where it is missing
  std::string trajectory = "";  ///< T.csv: every state of every way, see sample_trajectory.h
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
/// Compares a network of the reference system with reference vectors; exactly one of dit and vae is named.
struct VerifyCommand {
  std::string dit, vae;  ///< weights
  std::string vectors;
  int64_t heads = 0;  ///< of a DiT whose metadata does not say; 0: width/64
  bool raw = false;   ///< the raw weights of a file that holds their averages (EMA) as well
};
/// Trains a stored run again and compares its weights at the recorded steps.
struct ReplayCommand {
  std::string folder;
  int64_t steps = 0;      ///< only so many optimiser steps of all; 0: the whole run
  std::string from = "";  ///< the model that a reflow began with
};
/// Trains from nothing to scores of FD and writes a record of how long that took; the rules are in
/// speedrun.h.
struct SpeedrunCommand {
  double target = 0;  ///< FD% to reach; 0: those of the rules, one after the other
  Budget budget;      ///< of the one target; nothing: that of the rules' table
  std::string out;    ///< folder of the record and its runs; "" chooses one
};
/// Judges the models of such a record again.
struct VerifySpeedrunCommand {
  std::string record;  ///< its speedrun.json
};
/// Says what a weights file holds.
struct WeightsCommand {
  std::string path;
  int64_t heads = 0;  ///< as in VerifyCommand
  bool raw = false;   ///< as in VerifyCommand
};
/// Writes bare weights under their Python names: of the model in hand, or freshly initialised.
struct ExportWeightsCommand {
  std::string part = "ema";  ///< "velocity", "ema" or "autoencoder"
  std::string init;          ///< a preset, or "original" for the reference DiT; "" takes the model in hand
  uint64_t seed = 1;         ///< of `init`
  std::string out;
  std::string settings = "";  ///< of `init`: "key=value" words
};
/// Which digits the reconstruction view shows.
struct InspectCommand {
  std::string split = "test";
  std::string order = "first";  ///< "first" or "worst"
  int digit = -1;               ///< only this class; −1 all
  int64_t offset = 0;           ///< index of the first shown within that order
  int64_t count = 60;
};
/// Opens a tool of the lab (its id and its arguments are in lab_tools.h), whose question is then answered for
/// the model in hand and again whenever that changes; "" closes the lab.
struct LabCommand {
  std::string tool;
  std::map<std::string, std::string> arguments;  ///< those that are not the tool's initial ones
};
/// Answers a tool's question once, to its end, and writes the answer: what the lab shows, without a window.
struct LabRunCommand {
  std::string tool;
  std::map<std::string, std::string> arguments = {};  ///< those that are not the tool's initial ones
  uint64_t seed = 7;                                  ///< of the noise
  int digit = -1;                                     ///< class of the samples; −1 all in turn
  double guidance = 1;
  std::string out = "";  ///< F.png or F.csv; "" writes nothing
};
struct ListRunsCommand {};
/// Adds the curves of up to two runs to the snapshot.
struct CompareRunsCommand {
  std::string first, second;
};
struct DeleteRunCommand {
  std::string folder;
};
struct ResumeRunCommand {
  std::string folder;
  Budget budget;
  bool figures = false;       ///< draw figures/*.png at the end
  std::string pictures = "";  ///< as in TrainCommand
  double rate = 1;            ///< as in ResumeCommand
};
/// Goes back to the shipped model.
struct ShippedCommand {};
/// Lists a folder for the file panel.
struct BrowseCommand {
  std::string path;
};
/// Stops the running job (evaluation, sampling, download), not the training.
struct CancelCommand {};
/// Saves what is unsaved and ends the worker.
struct QuitCommand {};

using CommandVariant =
    std::variant<TrainCommand, ReflowCommand, PauseCommand, ResumeCommand, StepCommand, ResetCommand,
                 UndoResetCommand, SetCommand, PresetCommand, OpenCommand, SaveCommand, ExportCommand,
                 SampleCommand, ReconstructCommand, LikelihoodCommand, InvertCommand, EvaluateCommand,
                 JudgeCommand, BenchCommand, VerifyCommand, ReplayCommand, SpeedrunCommand,
                 VerifySpeedrunCommand, WeightsCommand, ExportWeightsCommand, InspectCommand, LabCommand,
                 LabRunCommand, ListRunsCommand, CompareRunsCommand, DeleteRunCommand, ResumeRunCommand,
                 ShippedCommand, BrowseCommand, CancelCommand, QuitCommand>;

/// One request to the experiment.
struct Command {
  CommandVariant what;
  Command() : what(PauseCommand{}) {}
  template <class T>
  Command(T value) : what(std::move(value)) {}  // NOLINT: a command is a command, however it is spelt
};

/// True when `newer` makes the still queued `queued` pointless (two values of one slider, two folder
/// listings).
bool same_kind_replaces(const Command& queued, const Command& newer);

/// The command as one line of the log, e.g. `train preset=fast seconds=20` or `set flow.lr 0.002`.
std::string format_command(const Command& command);

/// Reads such a line. Throws InputError that names the word and lists the known ones.
Command parse_command(const std::string& line);

/// True when parse_command knows lines that begin with `word`.
bool is_command_word(const std::string& word);
/// All such words, in alphabetical order.
std::vector<std::string> command_words();

/// The words of a line, split at spaces; "double quotes" keep spaces together. Inside them \" \\ and \n stand
/// for a quote, a backslash and a line break. Throws InputError when a quote is not closed.
std::vector<std::string> split_words(const std::string& line);

/// `text` in double quotes when it is empty or has spaces, quotes or '#', so that split_words gives it back.
std::string quoted(const std::string& text);

}  // namespace lf
