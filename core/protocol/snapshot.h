// The worker's publications: immutable blocks of plain numbers, each shared until it changes. A
// panel compares pointers to detect changes, and may keep an old block for comparison.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/classes.h"
#include "base/image_sheet.h"
#include "config/settings.h"
#include "lab/block.h"

namespace lf {

struct SweepBlock;  // protocol/sweep.h

/// The phase of a run. `paused` is not a phase: a run is paused *in* its phase (see
/// RunBlock::running).
enum class Phase { Loading, Idle, Autoencoder, Latents, Flow, Evaluating, Done, Failed };

/// The name of a phase in scripts and JSON: loading, idle, autoencoder, latents, flow, evaluating,
/// done, failed.
const char* phase_name(Phase phase);

/// The current activity, its progress, model and data. Always present.
struct RunBlock {
  Phase phase = Phase::Loading;
  bool running = false;    ///< advances by itself (Pause is offered)
  bool resumable = false;  ///< paused in the middle (Resume is offered)
  bool can_train_longer = false;
  bool can_undo_reset = false;
  bool undo_ends_reflow = false;  ///< undo ends the current reflow instead of a reset
  bool knows_before = false;      ///< a reflow whose previous model is available
  int64_t reflows = 0;            ///< number of reflows of the current flow
  bool from_shipped =
      true;  ///< the model shown came with the program (or was opened), no run of this session
  int64_t commands_waiting = 0;            ///< kept until the digits are read
  std::string message;                     ///< its activity, for display: "reading MNIST", "encoding latents"
  std::vector<std::string> announcements;  ///< notices before a stage: its duration, its initial loss
  int64_t step = 0;                        ///< optimiser steps done in the current phase
  int64_t step_total = 0;                  ///< of the current phase; 0 when unknown
  int64_t autoencoder_step = 0, autoencoder_total = 0;
  int64_t encoder_total = 0;  ///< autoencoder steps after which the encoder is frozen and the flow starts
  int64_t flow_step = 0, flow_total = 0;
  double progress = 0;       ///< of the whole run, 0..1
  double seconds = 0;        ///< training time of this run
  double seconds_left = -1;  ///< estimate; negative when unknown
  double loss = 0;           ///< last training loss of the current phase
  double rate_factor = 1;    ///< factor of the learning rates so far (0..1]
  double steps_per_second = 0;
  double digits_per_second = 0;
  double draw_share = 0;       ///< measured share of the worker's time for previews and scores
  std::string device;          ///< e.g. "CPU · 2 threads"
  std::string dataset;         ///< e.g. "MNIST"
  std::string dataset_source;  ///< folder, or "built in"
  bool dataset_builtin = false;
  int64_t train_count = 0, test_count = 0;
  std::string model;       ///< "bundled model", file name or run name
  std::string run_folder;  ///< "" before anything was saved
  std::string preset;
  int64_t autoencoder_parameters = 0, flow_parameters = 0;
  bool labelled = true;     ///< false: the velocity network is unconditional
  std::string autoencoder;  ///< short description: "own, 82 k parameters", "stand-in …", "from FILE"
};

/// One curve; x and y have the same length. All points are kept.
struct Series {
  std::vector<float> step, value, seconds;
};

/// Training curves of the current run.
struct LossBlock {
  std::string origin;  ///< "" for this session's run, else e.g. "from the shipped run"
  Series autoencoder_train, autoencoder_test, flow_train, flow_test;
  Series autoencoder_rate, flow_rate;  ///< learning rates
  Series autoencoder_lost, flow_lost;  ///< discarded steps after a divergence
  double flow_start = 0;               ///< loss of an untrained flow; 0 while unknown
  std::vector<float> by_time;  ///< running mean of the flow loss in equal bins of t (empty before the flow)
  std::vector<float> by_time_test;  ///< the same on held-out digits
};

/// The last complete preview trajectory: every state of every digit, decoded.
struct FlowBlock {
  int64_t digits = 0;           ///< with images
  int64_t particles = 0;        ///< points on the map; the first `digits` of them are the digits
  std::vector<float> t;         ///< time of each state, ascending, size S (steps + 1)
  std::vector<uint8_t> labels;  ///< (particles); 10: of no known class
  bool labelled = true;         ///< false: the network is unconditional, and the labels are the judge's
  ImageSheet images;            ///< (S, digits), decoded x_t
  ImageSheet endpoints;         ///< (S, digits), decoded endpoint estimate x̂1(t)
  std::vector<float> points;    ///< (S, particles, 2) on the axes of MapBlock
  std::string solver;
  int64_t steps = 0, nfe = 0;
  double guidance = 1;
  int64_t seed = 0;
  int digit = -1;            ///< class label; −1 all in turn
  int64_t trained_step = 0;  ///< flow step of the weights used
  bool untrained = false;    ///< no flow training has happened yet
  double milliseconds = 0;   ///< duration of integration and decoding
  std::vector<uint8_t>
      judged;  ///< (S, digits) class the judge predicts for the endpoint estimate; empty without judge
  uint64_t version = 0;
};

/// Encoded training digits on two axes through latent space.
struct MapBlock {
  std::string origin;
  std::string axes;             ///< "class axes" (linear discriminants) or "principal axes"
  std::vector<float> points;    ///< (N, 2)
  std::vector<uint8_t> labels;  ///< (N)
  int64_t trained_step = -1;    ///< autoencoder step of an encoder in training; −1: of the final one
  uint64_t version = 0;
};

/// Reconstructions of some test digits after some of the autoencoder's steps, shown before the
/// flow.
struct GrowthBlock {
  int64_t digits = 0;
  std::vector<int64_t> step;    ///< autoencoder steps, ascending, size S
  std::vector<uint8_t> labels;  ///< (digits)
  ImageSheet original;          ///< (digits)
  ImageSheet images;            ///< (S, digits): reconstructions
  uint64_t version = 0;
};

/// Digits and their reconstructions.
struct ReconstructionBlock {
  std::string origin;
  std::string split, order;  ///< the selection, as in InspectCommand
  int digit = -1;
  int64_t offset = 0, available = 0;  ///< `available` digits match the selection
  std::vector<int32_t> index;         ///< (n) position in the split
  std::vector<uint8_t> labels;        ///< (n)
  ImageSheet original;                ///< (n)
  ImageSheet reconstruction;          ///< (n)
  std::vector<float> mse;             ///< (n) mean squared error, pixels in [0, 1]
  double psnr = 0;                    ///< dB over `psnr_count` test digits; 0 when not measured
  int64_t psnr_count = 0;
  int64_t trained_step = 0;
  uint64_t version = 0;
};

/// The marks of the current run: steps of its flow that can be looked at again. The window shows a known one
/// at once; the worker's blocks follow.
struct MarksBlock {
  std::vector<int64_t> steps;                           ///< ascending
  std::vector<std::shared_ptr<const FlowBlock>> flows;  ///< for each its trajectories; null while unknown
  std::vector<std::shared_ptr<const ReconstructionBlock>> reconstructions;  ///< the same
  std::vector<uint8_t> drawn;  ///< for each, 1 if all of this is known
  int64_t chosen = -1;         ///< the step that was asked for; −1 the present weights
  bool shown = false;          ///< the blocks of samples and reconstructions are of `chosen`
  uint64_t version = 0;
};

/// One score of the samples.
struct Score {
  bool valid = false;
  double fd = 0, fd_floor = 0, rfd = 0;  ///< percent; rfd < 0 when not measured
  double accuracy = 0, psnr = 0, class_kl = 0, mean_ink = 0, memorisation = 0;
  int64_t count = 0, step = 0;
  double seconds = 0;  ///< training time of the score
  std::string grade;   ///< "S", "A" … "E"
  ByClass<double> digit_accuracy{};
  std::array<int64_t, kClasses * kClasses> confusion{};  ///< row: requested class, column: predicted class
  ByClass<double> digit_share{};                         ///< share of judged classes
};

struct QualityBlock {
  std::string origin;
  std::string judge;  ///< name and accuracy of the judge, or why there is none
  bool judge_available = false;
  double judge_accuracy = 0;
  double calibration_test = 0, calibration_noise05 = 0, calibration_noise10 = 0,
         calibration_blur = 0;    ///< FD%
  Score live;                     ///< few samples, shown with '≈'
  Score full;                     ///< last full evaluation
  Series history;                 ///< FD% of live scores
  std::vector<float> latent_std;  ///< (64) standard deviation of the posterior means per coordinate
  int64_t active_units = 0;
};

struct SettingsBlock {
  Settings values;  ///< for the next run (live settings: current values)
  Settings run;     ///< at the start of the current run
};

/// What the user wrote about a run; training never changes it.
struct RunLabel {
  std::string name, note;
  std::vector<std::string> tags;
  bool star = false;

  bool operator==(const RunLabel& other) const {
    return name == other.name && note == other.note && tags == other.tags && star == other.star;
  }
};

struct RunSummary {
  std::string folder, name, preset, started, state;  ///< state: done, paused, diverged, crashed, running
  int64_t flow_steps = 0, flow_total = 0;
  double seconds = 0, fd = -1, psnr = -1, loss = -1;
  bool resumable = false, current = false;
  bool open_elsewhere = false;  ///< another program works in its folder
  std::string parent = {};      ///< name of the run that it is a branch of; "" for none
  int64_t branch_step = 0;      ///< flow step of the parent at which it began
  std::string data;             ///< name of the data set
  RunLabel label;
  std::string label_problem;                         ///< why its label cannot be read; "" if it can
  int64_t bytes = 0;                                 ///< on the disk, with its marks
  int64_t marks = 0, marks_bytes = 0;                ///< number of marks, and their part of `bytes`
  std::shared_ptr<const ImageSheet> thumbnail = {};  ///< up to ten samples; null without a gallery
};

/// A deleted run that can be restored.
struct TrashedRun {
  std::string folder, name;
  int64_t bytes = 0;
};

/// Curves of a stored run, for comparing.
struct RunCurves {
  std::string folder, name;
  Series autoencoder, flow, flow_test, fd;
  int64_t autoencoder_batch = 0, flow_batch = 0;  ///< digits per step; 0 if unknown
};

/// A setting in which compared models differ.
struct SettingDifference {
  std::string key, label;
  std::vector<std::string> values;  ///< of each model
  std::vector<uint8_t> initial;     ///< of each model, 1 if it is the value of its preset
};

/// One parameter of two networks that both have in the same shape.
struct LayerDifference {
  std::string part;       ///< "autoencoder" or "velocity network"
  std::string name;       ///< "blocks.0.qkv.weight"
  int64_t numbers = 0;    ///< how many numbers it holds
  double difference = 0;  ///< ‖b − a‖ / ‖a‖; 0 if both are 0
  double cosine = 1;      ///< a·b / (‖a‖ ‖b‖); 1 if both are 0
};

/// The weights used for sampling of one model, against those of the first.
struct WeightsDifference {
  bool same = false;                    ///< every number of both networks
  std::vector<LayerDifference> layers;  ///< in the order of the networks
  std::vector<std::string> unlike;      ///< "velocity network: 34 of 40 parameters have other shapes"
};

/// One of the compared models.
struct ComparedModel {
  std::string path, name;
  std::string problem;  ///< why it cannot be shown; "" if it can
  std::string preset, autoencoder;
  int64_t parameters = 0;  ///< of the velocity network
  int64_t flow_steps = 0;
  std::shared_ptr<const FlowBlock> flow;  ///< null until computed
  Score score;                            ///< stored with it
  std::vector<double> fd, accuracy;       ///< of the evaluations so far, each with other noise
  ByClass<double> digit_accuracy{};       ///< by class, over all of them; NaN where nothing was sampled
};

/// Two to four models on the same noise.
struct CompareBlock {
  std::vector<ComparedModel> models;
  std::vector<SettingDifference> settings;  ///< only those that differ
  std::vector<WeightsDifference> weights;   ///< of the second to the last; of a damaged one empty
  std::vector<std::string> divergence;      ///< where each of these diverges from the first, as text
  std::string noise;                        ///< digest of the noise, first letters
  std::string remark;                       ///< what restricts the comparison; "" mostly
  int64_t samples = 0;                      ///< of one evaluation
  int64_t evaluations = 0;                  ///< planned for each model
  bool shares_axes = false;                 ///< one autoencoder: the trajectories are on one map
  std::shared_ptr<const MapBlock> map;      ///< if so; else null
  bool comparable_losses = false;  ///< flow losses: of one autoencoder's latents, and of no reflow's pairs
  bool complete = false;           ///< nothing more follows
  uint64_t version = 0;
};

struct RunsBlock {
  std::string root;
  std::vector<RunSummary> runs;  ///< newest first
  std::vector<TrashedRun> trash = {};
  std::string last_deleted = "";  ///< folder in the trash of the run that was deleted last; "" after an undo
  std::vector<RunCurves> compared;
};

enum class LogLevel { Info, Command, Warning, Error };

struct LogLine {
  double seconds = 0;  ///< since the program started
  LogLevel level = LogLevel::Info;
  std::string text;
};

struct LogBlock {
  std::vector<LogLine> lines;
};

/// A job that takes long enough to show its progress: evaluation, sampling, download, judge
/// training.
struct JobBlock {
  bool active = false;
  std::string name;     ///< "evaluating 10,000 samples"
  double progress = 0;  ///< 0..1
  double seconds_left = -1;
};

/// The result of a finished job. Results are state with a counter: a reader that missed ten frames
/// misses nothing.
struct JobResult {
  uint64_t number = 0;  ///< 1, 2, …
  std::string verb;     ///< "sample", "evaluate", "save", …
  bool ok = true;
  bool passed = true;              ///< false: done, but the check failed (exit 1)
  std::string text;                ///< one line for display
  std::vector<std::string> json;   ///< the lines `--json` prints
  std::vector<std::string> table;  ///< the lines printed without it
  std::vector<std::string> paths;  ///< files written
};

struct ResultsBlock {
  std::vector<JobResult> results;  ///< oldest first, all of this session
};

/// A part that was named or expected and cannot be used, and its substitute. It stays while this is
/// true.
struct Substitute {
  std::string part;     ///< "data", "model", "judge", "history" or "gallery"
  std::string text;     ///< one line: what is missing, why, what is used instead
  uint64_t number = 0;  ///< increases when it should be shown (again)
};

/// Banner state. The counters only increase.
struct NoticeBlock {
  uint64_t errors = 0;
  std::string error;               ///< the last one: what, where, why, what to do
  bool offers_lower_rate = false;  ///< training diverged and is at its last good state
  bool error_was_input = true;     ///< bad input (exit 2) or a failure while running (exit 1)
  uint64_t saves = 0;
  std::string saved;      ///< the last file or folder written
  bool finished = false;  ///< the worker has saved everything and ended
  std::vector<Substitute> substitutes;
};

struct FileEntry {
  std::string name;
  bool folder = false;
  int64_t bytes = 0;
  std::string kind;  ///< "model", "run", "data", "picture", "" for others
};

struct BrowseBlock {
  std::string path, parent;
  std::vector<FileEntry> entries;
  std::string error;
};

/// One moment of the experiment. Every pointer but that of the sweep is set once the worker has started;
/// blocks are never modified.
struct Snapshot {
  uint64_t number = 0;
  std::shared_ptr<const RunBlock> run = std::make_shared<RunBlock>();
  std::shared_ptr<const LossBlock> loss = std::make_shared<LossBlock>();
  std::shared_ptr<const FlowBlock> flow = std::make_shared<FlowBlock>();
  std::shared_ptr<const MapBlock> map = std::make_shared<MapBlock>();
  std::shared_ptr<const ReconstructionBlock> reconstruction = std::make_shared<ReconstructionBlock>();
  std::shared_ptr<const GrowthBlock> growth = std::make_shared<GrowthBlock>();
  std::shared_ptr<const MarksBlock> marks = std::make_shared<MarksBlock>();
  std::shared_ptr<const QualityBlock> quality = std::make_shared<QualityBlock>();
  std::shared_ptr<const SettingsBlock> settings = std::make_shared<SettingsBlock>();
  std::shared_ptr<const RunsBlock> runs = std::make_shared<RunsBlock>();
  std::shared_ptr<const CompareBlock> compare = std::make_shared<CompareBlock>();
  std::shared_ptr<const LogBlock> log = std::make_shared<LogBlock>();
  std::shared_ptr<const JobBlock> job = std::make_shared<JobBlock>();
  std::shared_ptr<const ResultsBlock> results = std::make_shared<ResultsBlock>();
  std::shared_ptr<const NoticeBlock> notice = std::make_shared<NoticeBlock>();
  std::shared_ptr<const LabBlock> lab = std::make_shared<LabBlock>();
  std::shared_ptr<const BrowseBlock> browse = std::make_shared<BrowseBlock>();
  std::shared_ptr<const SweepBlock> sweep;  ///< null before the first sweep of this session
};

}  // namespace lf
