// `speedrun`: trains untrained weights to each target and records the time.
#include <ATen/Parallel.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "base/errors.h"
#include "base/machine.h"
#include "base/number_text.h"
#include "base/paths.h"
#include "base/printed.h"
#include "files/atomic_write.h"
#include "files/sha256.h"
#include "jobs/speedrun_score.h"
#include "run/environment.h"
#include "run/folder.h"
#include "run/run_files.h"
#include "run/weights_digest.h"

namespace lf::jobs {
namespace fs = std::filesystem;
namespace {

constexpr const char* kStartedHere = "%Y-%m-%dT%H:%M:%S";

/// One target and its training.
struct Task {
  double target = 0;
  Settings settings;
  Budget budget;
};

/// The steps of our own recipe, unless others were chosen.
Task task_of(const SpeedrunTarget& row, const Settings& settings) {
  Task task{row.fd, settings, {}};
  task.budget.steps = row.flow_steps;
  return task;
}

std::vector<Task> tasks_of(const SpeedrunCommand& command, const Settings& settings) {
  if (command.budget.given() > 0) {
    if (command.target <= 0)
      throw InputError("speedrun: a budget is for one target; name it, as in target=6");
    if (command.budget.until_fd > 0)
      throw InputError(
          "speedrun: the length of a run is fixed before it begins; give seconds, steps or epochs");
    return {{command.target, settings, command.budget}};
  }
  const SpeedrunTarget* row = command.target > 0 ? speedrun_target(command.target) : nullptr;
  const bool ours = settings.preset() == "fast";
  if (!ours || (command.target > 0 && !row))
    throw InputError("speedrun: " +
                     (ours ? "FD " + number_text(command.target) + " % is not a target of the rules"
                           : "the rules' budgets are those of the preset fast, not of " + settings.preset()) +
                     "; give a target, and its budget in seconds or steps");
  if (row) return {task_of(*row, settings)};
  std::vector<Task> tasks;
  for (const auto& each : speedrun_targets()) tasks.push_back(task_of(each, settings));
  return tasks;
}

/// The folder of the record: the named one, without a record so far, or a new one.
fs::path record_folder(const SpeedrunCommand& command, const Settings& settings, const std::string& runs) {
  if (command.out.empty())
    return run::make_run_folder(runs, "speedrun-" + settings.preset(), settings.general.seed);
  if (path_exists(fs::path(command.out) / records::kSpeedrunName))
    throw InputError("speedrun: " + command.out + " already holds a " + records::kSpeedrunName +
                     "; name another folder");
  run::prepare_run_folder(command.out);
  return command.out;
}

class SpeedrunJob : public SlicedJob {
 public:
  SpeedrunJob(SpeedrunScene scene, const Settings& settings, const SpeedrunCommand& command,
              const std::string& runs, const DeviceChoice& device)
      : scene_(std::move(scene)), command_(command), tasks_(tasks_of(command, settings)) {
    record_.evaluations = speedrun_evaluations(settings, "speedrun");
    accelerator_ = device(settings);
    inference::make_model(
        tasks_.front().settings);  // throws for impossible settings, before a folder is made
    made_ = command.out.empty() || !path_exists(command.out);
    folder_ = record_folder(command, settings, runs);
    describe(settings);
    begin();
  }

  /// A folder made in vain is removed again.
  ~SpeedrunJob() override {
    if (made_ && record_.entries.empty()) remove_path(folder_);
  }
  SpeedrunJob(const SpeedrunJob&) = delete;
  SpeedrunJob& operator=(const SpeedrunJob&) = delete;

  std::string name() const override {
    const std::string target = "speedrun: FD " + number_text(tasks_[next_].target) + " %, ";
    if (scorer_) return target + "scoring";
    switch (run_->stage()) {
      case run::RunStage::Measure:
        return target + "measuring the machine";
      case run::RunStage::Autoencoder:
        return target + "training the autoencoder";
      case run::RunStage::Latents:
        return target + "encoding";
      default:
        return target + "training the flow";
    }
  }

  double progress() const override {
    const double done =
        static_cast<double>(next_) + (scorer_ ? 0.9 + 0.1 * scorer_->progress() : 0.9 * trained());
    return std::min(1.0, done / static_cast<double>(tasks_.size()));
  }

  bool advance() override {
    if (scorer_) {
      if (!scorer_->advance()) close();
    } else if (!run_->advance()) {
      elapsed_ = seconds_since(began_);
      run_->settle();
      scorer_ = std::make_unique<SpeedrunScorer>(*model_, scene_);
    }
    return next_ < tasks_.size();
  }

  JobResult finish() override {
    JobResult result;
    result.verb = "speedrun";
    result.table = rows_;
    result.json = json_;
    const std::string file = (folder_ / records::kSpeedrunName).string();
    result.paths = {file};
    for (const auto& text : records::departures(record_))
      result.table.push_back("not an entry by the rules: " + text);
    result.text = misses_.empty() ? "wrote " + file : "not reached: " + misses_ + "; the record is " + file;
    result.table.push_back(result.text);
    result.passed = misses_.empty();
    result.json.push_back(nlohmann::ordered_json{
        {"record", file}, {"by_the_rules", records::departures(record_).empty()}, {"reached", result.passed}}
                              .dump());
    return result;
  }

 private:
  /// The data that all runs share.
  void describe(const Settings& settings) {
    const records::Environment environment = run::this_environment(accelerator_, settings);
    const Machine machine = this_machine();
    record_.started = local_time(kStartedHere);
    record_.program = environment.build;
    record_.processor = machine.processor;
    record_.device = environment.device;
    record_.arithmetic = environment.arithmetic;
    record_.cores = machine.cores;
    record_.threads = environment.threads;
    record_.memory_gb = machine.memory_gb;
    record_.preset = settings.preset();
    record_.seed = static_cast<uint64_t>(settings.general.seed);
    record_.solver = settings.sampler.solver;
    record_.data_name = scene_.dataset.name;
    record_.data_digest = scene_.dataset.digest;
    record_.judge_name = scene_.judge->name();
    record_.judge_digest = scene_.judge_digest;
  }

  void begin() {
    const Task& task = tasks_[next_];
    run_.reset();
    began_ = std::chrono::steady_clock::now();
    started_ = local_time(kStartedHere);
    model_ = inference::make_model(task.settings);
    model_->data_name = scene_.dataset.name;
    model_->data_digest = scene_.dataset.digest;
    if (accelerator_) inference::move_model(*model_, accelerator_->device());
    run_ = std::make_unique<run::TrainingRun>(*model_, scene_.data, task.budget, accelerator_);
  }

  /// Progress of the steps.
  double trained() const {
    const run::RunStatus run = run_->status();
    const auto all = static_cast<double>(std::max<int64_t>(1, run.plan.steps()));
    return std::min(1.0, static_cast<double>(run.autoencoder_step + run.flow_step) / all);
  }

  /// Saves the run, adds it to the record, and starts the next target.
  void close() {
    records::SpeedrunEntry entry;
    entry.target = tasks_[next_].target;
    entry.folder = "fd-" + number_text(entry.target);
    entry.seconds = run_->status().seconds;
    entry.elapsed = elapsed_;
    entry.autoencoder_steps = run_->status().autoencoder_step;
    entry.flow_steps = run_->status().flow_step;
    entry.score = scorer_->finish();
    for (const auto& [key, value] : model_->settings.all())
      if (value != model_->settings.preset_text(key)) entry.settings[key] = value;
    save(entry);
    record_.entries.push_back(entry);
    files::write_file_atomically(folder_ / records::kSpeedrunName, records::record_text(record_));
    tell(entry);
    scorer_.reset();
    if (++next_ < tasks_.size()) begin();
  }

  /// Saved like every run: it can be opened, resumed and replayed.
  void save(records::SpeedrunEntry& entry) {
    const fs::path folder = folder_ / entry.folder;
    run::prepare_run_folder(folder);
    run::RunFacts facts;
    facts.state = "done";
    facts.started = started_;
    facts.device = record_.device;
    facts.threads = at::get_num_threads();
    facts.budget = tasks_[next_].budget;
    facts.score = scorer_->score(entry.flow_steps, entry.seconds);
    facts.judge = record_.judge_name;
    facts.commands = {format_command(command_)};
    run::note_score(*model_, facts.score, facts.judge);
    run::save_run(folder, *model_, *run_, facts);
    entry.model = files::sha256_hex(files::read_file(folder / run::kModelName, UINT64_MAX));
    entry.autoencoder = run::autoencoder_digest(*model_);
    entry.flow = run::flow_digest(*model_);
  }

  void tell(const records::SpeedrunEntry& e) {
    const std::string miss = records::missed(e.score, e.target);
    rows_.push_back(printed("FD <= %-5s %8.1f s  FD %7.2f %%  accuracy %5.1f %%  %s",
                            (number_text(e.target) + " %").c_str(), e.seconds, e.score.fd,
                            100 * e.score.accuracy, miss.empty() ? "reached" : "not reached"));
    json_.push_back(nlohmann::ordered_json::parse(records::record_text(record_))["runs"].back().dump());
    if (!miss.empty())
      misses_ += (misses_.empty() ? "" : ", ") + ("FD " + number_text(e.target) + " % (" + miss + ")");
  }

  SpeedrunScene scene_;
  SpeedrunCommand command_;
  std::vector<Task> tasks_;
  training::Accelerator* accelerator_ = nullptr;
  fs::path folder_;
  bool made_ = false;  ///< the folder did not exist before
  records::SpeedrunRecord record_;
  size_t next_ = 0;
  std::unique_ptr<inference::Model> model_;
  std::unique_ptr<run::TrainingRun> run_;
  std::unique_ptr<SpeedrunScorer> scorer_;
  std::chrono::steady_clock::time_point began_;
  double elapsed_ = 0;
  std::string started_, misses_;
  std::vector<std::string> rows_, json_;
};

}  // namespace

std::unique_ptr<SlicedJob> make_speedrun_job(const SpeedrunScene& scene, const Settings& settings,
                                             const SpeedrunCommand& command, const std::string& runs,
                                             const DeviceChoice& device) {
  return std::make_unique<SpeedrunJob>(scene, settings, command, runs, device);
}

}  // namespace lf::jobs
