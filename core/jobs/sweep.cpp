// `sweep`: trains one run after another, scores each, and keeps a record from which it continues.
#include <ATen/Parallel.h>

#include <algorithm>
#include <chrono>

#include "base/clock.h"
#include "base/errors.h"
#include "base/paths.h"
#include "base/printed.h"
#include "figures/figures.h"
#include "files/atomic_write.h"
#include "files/disk_space.h"
#include "jobs/sweep_folder.h"
#include "jobs/sweep_training.h"
#include "library/plain_errors.h"
#include "records/sweep_plan.h"
#include "run/environment.h"
#include "run/folder.h"

namespace lf::jobs {
namespace fs = std::filesystem;
namespace {

constexpr uint64_t kMostPlanBytes = 64 << 20;  ///< as of a record, which a file of this name may be
constexpr double kBlockSeconds = 0.25;         ///< progress is published at most this often
constexpr const char* kHeatMapName = "heat_map.png";

std::string read_plan_file(const std::string& file) {
  const auto bytes = files::read_file(file, kMostPlanBytes);
  return {bytes.begin(), bytes.end()};
}

/// The folder of a stored sweep that the command names; "" if it names a sweep file or a plan.
fs::path stored_folder(const SweepCommand& command) {
  if (command.file.empty()) return {};
  const fs::path path = without_slash(command.file);
  if (is_folder(path)) return path;
  const bool record =
      path.filename() == records::kSweepName && records::is_sweep_record(read_plan_file(path));
  return record ? folder_of(path) : fs::path();
}

class SweepJob : public SlicedJob {
 public:
  SweepJob(SpeedrunScene scene, const SweepCommand& command, const std::string& runs, DeviceChoice device)
      : scene_(std::move(scene)), command_(command), device_(std::move(device)) {
    if (command.file.empty() == command.plan.empty())
      throw InputError("sweep: give either a sweep file or a plan");
    const fs::path stored = stored_folder(command);
    stored.empty() ? plan_anew() : read_stored(stored);
    prepare_device(first_waiting());
    measure_disk(stored.empty() ? (command.out.empty() ? fs::path(runs) : fs::path(command.out)) : stored);
    if (command.estimate) {
      begin();
      return;
    }
    stored.empty() ? make_folder(runs) : continue_in(stored);
    samples_ = read_sweep_samples(folder_, record_.runs);
    write_sweep(folder_, record_);
    if (!all_ended()) begin();
  }

  std::string name() const override {
    if (!training_) return "sweep";
    const std::string activity = training_->activity();
    if (command_.estimate) return "sweep: " + activity;
    return "sweep: run " + std::to_string(current_ + 1) + " of " + std::to_string(record_.runs.size()) +
           ", " + training_->run().name + ", " + activity;
  }

  double progress() const override {
    if (command_.estimate || record_.runs.empty()) return 0;
    const double part = training_ ? training_->progress() : 0;
    return std::min(1.0, (static_cast<double>(ended()) + part) / static_cast<double>(record_.runs.size()));
  }

  bool advance() override {
    if (command_.estimate) return !measured();
    if (all_ended()) return false;
    if (!training_) begin();
    if (training_ && train_slice()) return true;
    return !all_ended();
  }

  JobResult finish() override { return command_.estimate ? estimate_result() : sweep_result(); }

  std::shared_ptr<const SweepBlock> sweep() const override {
    if (changed_ || seconds_since(published_) > kBlockSeconds) publish();
    return block_;
  }

 private:
  void plan_anew() {
    record_.plan = command_.file.empty()
                       ? records::parse_sweep_plan(command_.plan, "the plan")
                       : records::parse_sweep_plan(read_plan_file(command_.file), command_.file);
    record_.runs = records::planned_runs(record_.plan);
  }

  void read_stored(const fs::path& folder) {
    if (!command_.out.empty())
      throw InputError("sweep: " + folder.string() +
                       " continues in its own folder; leave out the other folder");
    record_ = read_sweep(folder);
    if (record_.data_digest != scene_.dataset.digest)
      throw InputError("sweep: " + folder.string() + " was trained on " + record_.data_name +
                       ", not on the digits in use (" + scene_.dataset.name + "); name those with --data");
    if (record_.judge_digest != scene_.judge_digest)
      throw InputError("sweep: " + folder.string() + " was scored by another classifier (" +
                       record_.judge_name + "); name that one with --judge");
  }

  Settings settings_of(size_t index) const {
    const SweepRun& run = record_.runs[index];
    return sweep_settings(record_.plan, run.point, run.seed);
  }

  /// The first run that has not ended; of a complete sweep the first one.
  size_t first_waiting() const {
    const auto found = std::find_if(record_.runs.begin(), record_.runs.end(),
                                    [](const SweepRun& run) { return !run.ended(); });
    return found == record_.runs.end() ? 0 : static_cast<size_t>(found - record_.runs.begin());
  }
  size_t ended() const {
    return static_cast<size_t>(std::count_if(record_.runs.begin(), record_.runs.end(),
                                             [](const SweepRun& run) { return run.ended(); }));
  }
  bool all_ended() const { return ended() == record_.runs.size(); }

  /// Threads or card of the runs, which no axis changes. Throws InputError for impossible settings.
  void prepare_device(size_t index) {
    const Settings settings = settings_of(index);
    accelerator_ = device_(settings);
    if (!accelerator_) kernels::arithmetic_for(settings.general.arithmetic);
    estimate_ = std::make_unique<SweepTraining>(scene_, start_of(index, {}), accelerator_);
  }

  /// Throws InputError if the disk has no space for the runs that are left.
  void measure_disk(const fs::path& place) {
    const double left = static_cast<double>(record_.runs.size() - ended());
    estimated_.bytes = estimate_->expected_bytes() * left;
    estimated_.free_bytes = static_cast<double>(files::free_disk_bytes(place));
    if (estimated_.free_bytes <= 0 || estimated_.bytes < estimated_.free_bytes) return;
    throw InputError(
        printed("sweep: %.0f runs need about %.1f GB, and the disk of ", left, estimated_.bytes / 1e9) +
        place.string() + printed(" has %.1f GB free; ", estimated_.free_bytes / 1e9) +
        "use fewer runs, set marks to 0, or name another folder");
  }

  void make_folder(const std::string& runs) {
    if (!command_.out.empty() && is_sweep_folder(command_.out))
      throw InputError("sweep: " + command_.out +
                       " already holds a sweep; continue it by its folder (latentflow " + "sweep " +
                       command_.out + "), or name another");
    if (command_.out.empty()) {
      folder_ = make_sweep_folder(runs, record_.plan.name);
    } else {
      run::prepare_run_folder(command_.out);
      folder_ = absolute_path(without_slash(command_.out));
    }
    lock_ = files::FolderLock::take(folder_);
    describe();
  }

  void continue_in(const fs::path& folder) {
    folder_ = absolute_path(folder);
    lock_ = files::FolderLock::take(folder_);
    const records::SweepRecord before = record_;
    describe();
    note_difference("LibTorch or program", before.program, record_.program);
    note_difference("device", before.device, record_.device);
    note_difference("arithmetic", before.arithmetic, record_.arithmetic);
    note_difference("threads", std::to_string(before.threads), std::to_string(record_.threads));
  }

  /// Runs of different sessions are then not comparable to the last bit.
  void note_difference(const std::string& what, const std::string& before, const std::string& now) {
    if (before == now || all_ended()) return;
    record_.notes.push_back("from " + record_.runs[first_waiting()].name + " on: " + what + " " + now +
                            ", before " + before);
  }

  /// The data that all runs share.
  void describe() {
    const Settings settings = settings_of(first_waiting());
    const records::Environment environment = run::this_environment(accelerator_, settings);
    if (record_.started.empty()) record_.started = local_time("%Y-%m-%dT%H:%M:%S");
    record_.program = environment.build;
    record_.device = environment.device;
    record_.arithmetic = environment.arithmetic;
    record_.threads = environment.threads;
    record_.data_name = scene_.dataset.name;
    record_.data_digest = scene_.dataset.digest;
    record_.judge_name = scene_.judge->name();
    record_.judge_digest = scene_.judge_digest;
    record_.samples = settings.quality.final;
  }

  SweepStart start_of(size_t index, const fs::path& folder) const {
    SweepStart start;
    start.run = record_.runs[index];
    start.run.checks.clear();
    start.settings = settings_of(index);
    start.budget = record_.plan.budget;
    start.steps = record_.steps;
    start.folder = folder;
    start.checks = record_.plan.median_rule;
    start.others = record_.runs;
    start.commands = commands_of(start.run);
    return start;
  }

  /// The commands that train this run alone.
  std::vector<std::string> commands_of(const SweepRun& run) const {
    std::vector<std::string> lines{format_command(PresetCommand{record_.plan.preset})};
    for (const auto& [key, value] : record_.plan.settings)
      lines.push_back(format_command(SetCommand{key, value}));
    for (size_t i = 0; i < run.point.size(); ++i) {
      const SweepAxis& axis = record_.plan.axes[i];
      lines.push_back(format_command(SetCommand{axis.setting, axis.values[run.point[i]]}));
    }
    lines.push_back(
        format_command(SetCommand{setting_key(&GeneralSettings::seed), std::to_string(run.seed)}));
    TrainCommand train;
    train.budget = record_.plan.budget;
    train.fresh = true;
    lines.push_back(format_command(train));
    return lines;
  }

  void begin() {
    began_ = std::chrono::steady_clock::now();
    if (command_.estimate) {
      training_ = std::move(estimate_);
      return;
    }
    estimate_.reset();
    current_ = first_waiting();
    changed_ = true;
    try {
      training_ = std::make_unique<SweepTraining>(
          scene_, start_of(current_, folder_ / record_.runs[current_].name), accelerator_);
    } catch (const InputError& error) {
      end_run(SweepState::Failed, error.what());
    }
  }

  /// True while the run continues.
  bool train_slice() {
    try {
      const bool more = training_->advance();
      if (record_.steps.steps() == 0 && record_.plan.budget.seconds > 0 && training_->expected_seconds() >= 0)
        fix_steps();
      if (more) return true;
    } catch (const DivergedError& error) {
      end_run(SweepState::Diverged, error.what());
      return false;
    } catch (const RunError&) {
      throw;  // a full disk concerns all runs
    } catch (const std::exception&) {
      end_run(SweepState::Failed, library::plain_text(std::current_exception()));
      return false;
    }
    close_run();
    return false;
  }

  /// A budget of seconds depends on the machine's speed of the moment: the first run's steps are those of
  /// all.
  void fix_steps() {
    record_.steps = training_->plan();
    write_sweep(folder_, record_);
  }

  void close_run() {
    record_.runs[current_] = training_->run();
    const ImageSheet& digits = training_->samples();
    write_sweep_samples(folder_, training_->run().name, digits);
    samples_[current_] = std::make_shared<const ImageSheet>(digits);
    run_seconds_.push_back(seconds_since(began_));
    training_.reset();
    write_sweep(folder_, record_);
    changed_ = true;
  }

  /// A run without a result; nothing of it stays but its place in the record.
  void end_run(SweepState state, const std::string& note) {
    SweepRun& run = record_.runs[current_];
    if (training_) run = training_->run();
    run.state = state;
    run.note = note;
    training_.reset();
    const fs::path folder = folder_ / run.name;
    run::remove_marks(folder);
    remove_path(folder / files::FolderLock::kName);
    remove_path(folder);
    write_sweep(folder_, record_);
    changed_ = true;
  }

  /// An estimate: one slice of the measurement; true at its end.
  bool measured() {
    if (training_->expected_seconds() < 0) training_->advance();
    return training_->expected_seconds() >= 0;
  }

  SweepEstimate estimate_now() const {
    SweepEstimate now = estimated_;
    const double left = static_cast<double>(record_.runs.size() - ended());
    double mean = training_ ? training_->expected_seconds() : -1;
    if (!run_seconds_.empty()) {
      mean = 0;
      for (const double each : run_seconds_) mean += each / static_cast<double>(run_seconds_.size());
    }
    now.run_seconds = mean;
    const double part = training_ ? training_->progress() : 0;
    now.seconds_left = mean < 0 ? -1 : mean * std::max(0.0, left - part);
    return now;
  }

  void publish() const {
    auto block = std::make_shared<SweepBlock>();
    block->folder = folder_.string();
    block->plan = record_.plan;
    block->active = !command_.estimate;
    block->progress = progress();
    block->runs = record_.runs;
    if (training_ && !command_.estimate) block->runs[current_] = training_->run();
    block->summaries = summarise_sweep(record_.runs);
    block->samples = samples_;
    block->samples.resize(record_.runs.size());
    block->estimate = estimate_now();
    block->version = block_->version + 1;
    block_ = block;
    published_ = std::chrono::steady_clock::now();
    changed_ = false;
  }

  JobResult estimate_result() {
    JobResult result;
    result.verb = "sweep";
    publish();
    const SweepEstimate& estimate = block_->estimate;
    result.text = sweep_estimate_text(record_.runs.size(), estimate);
    result.table = {result.text};
    result.json = {
        printed("{\"event\":\"estimate\",\"runs\":%zu,\"seconds\":%.1f,\"bytes\":%.0f,\"free_bytes\":%.0f}",
                record_.runs.size(), estimate.run_seconds * static_cast<double>(record_.runs.size()),
                estimate.bytes, estimate.free_bytes)};
    return result;
  }

  JobResult sweep_result() {
    publish();
    JobResult result;
    result.verb = "sweep";
    result.table = records::sweep_table(record_.plan, record_.runs);
    result.json = records::sweep_json_lines(record_.plan, record_.runs);
    const std::string table = (folder_ / records::kSweepTableName).string();
    result.paths = {(folder_ / records::kSweepName).string(), table};
    const std::string figure = (folder_ / kHeatMapName).string();
    if (figures::write_sweep_figure(figure, record_.plan, record_.runs)) result.paths.push_back(figure);
    const int64_t best = best_combination(block_->summaries);
    result.passed = best >= 0;
    for (const auto& note : record_.notes) result.table.push_back("note: " + note);
    result.text = best < 0
                      ? "no run of the sweep could be trained to its end; reasons: " + table
                      : "wrote " + table + "; best: " +
                            point_text(record_.plan.axes, block_->summaries[static_cast<size_t>(best)].point);
    result.table.push_back("wrote " + folder_.string());
    return result;
  }

  SpeedrunScene scene_;
  SweepCommand command_;
  DeviceChoice device_;
  training::Accelerator* accelerator_ = nullptr;
  records::SweepRecord record_;
  fs::path folder_;
  std::shared_ptr<files::FolderLock> lock_;
  std::unique_ptr<SweepTraining> training_, estimate_;
  size_t current_ = 0;
  std::chrono::steady_clock::time_point began_;
  std::vector<double> run_seconds_;  ///< elapsed, of the runs of this session
  std::vector<std::shared_ptr<const ImageSheet>> samples_;
  SweepEstimate estimated_;
  mutable std::shared_ptr<const SweepBlock> block_ = std::make_shared<SweepBlock>();
  mutable std::chrono::steady_clock::time_point published_;
  mutable bool changed_ = true;
};

}  // namespace

std::unique_ptr<SlicedJob> make_sweep_job(const SpeedrunScene& scene, const SweepCommand& command,
                                          const std::string& runs, const DeviceChoice& device) {
  return std::make_unique<SweepJob>(scene, command, runs, device);
}

}  // namespace lf::jobs
