// `replay`: trains a stored run again and compares its weights with the recorded digests.
#include <ATen/Parallel.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "base/paths.h"
#include "base/printed.h"
#include "jobs/job.h"
#include "parallel/thread_count.h"
#include "run/environment.h"
#include "run/run_files.h"
#include "run/weights_digest.h"

namespace lf::jobs {
namespace {

using What = records::ProvenanceEntry::What;
constexpr size_t kShownLetters = 12;  ///< of a digest

int64_t steps_of(const records::ProvenanceEntry& entry) { return entry.autoencoder_step + entry.flow_step; }

/// True if the entry has a digest to compare with.
bool is_mark(const records::ProvenanceEntry& entry) {
  return entry.what == What::Weights || entry.what == What::Decoder;
}

/// True if these are the flow's weights.
bool of_flow(const records::ProvenanceEntry& entry) {
  return entry.flow_step > 0 && entry.what != What::Decoder;
}

/// "flow step 20": the position of an entry.
std::string place_of(const records::ProvenanceEntry& entry) {
  return of_flow(entry) ? "flow step " + std::to_string(entry.flow_step)
                        : "autoencoder step " + std::to_string(entry.autoencoder_step);
}

/// Sets a number of threads, as far as they are granted, and restores the former number at its end.
class Threads {
 public:
  explicit Threads(int64_t wanted) : before_(at::get_num_threads()), granted_(set(wanted)) {}
  ~Threads() { set(before_); }
  int64_t granted() const { return granted_; }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

 private:
  static int64_t set(int64_t wanted) {
    const int present = at::get_num_threads();
    return wanted > 0 && wanted != present ? parallel::set_thread_count(static_cast<int>(wanted)).granted
                                           : present;
  }
  int64_t before_, granted_;
};

class ReplayJob : public SlicedJob {
 public:
  ReplayJob(const data::DataTensors& data, const files::Dataset& dataset, const ReplayCommand& command,
            const DeviceChoice& device)
      : folder_(command.folder), limit_(command.steps) {
    run::Checkpoint stored = run::load_checkpoint(folder_);
    require_same_digits(*stored.model, dataset);
    recorded_ = run::stored_provenance(stored.state, stored.file);
    require_something();
    begin(data, stored.model->settings, command.from, device);
  }

  std::string name() const override { return "replaying " + run_name(); }

  bool advance() override {
    const Threads as_then(threads_);
    if (!stopped_ && (!apply_due() || run_->stage() == run::RunStage::Finished)) stopped_ = true;
    if (stopped_) return false;
    const int64_t before = done();
    run_->advance();
    if (done() != before) compare();
    return !stopped_;
  }

  double progress() const override {
    return std::min(1.0, static_cast<double>(done()) / static_cast<double>(std::max<int64_t>(1, last_)));
  }

  JobResult finish() override {
    JobResult result;
    result.verb = "replay";
    result.passed = different_.empty() && agreed_ > 0;
    if (!note_.empty()) result.table.push_back("note: " + note_);
    for (const auto& row : rows_) result.table.push_back(row);
    result.text = verdict();
    result.table.push_back(result.text);
    result.json = json_;
    result.json.push_back(nlohmann::ordered_json{
        {"run", run_name()},
        {"compared", agreed_ + (different_.empty() ? 0 : 1)},
        {"same", result.passed},
        {"steps", done()},
        {"note", note_}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return result;
  }

 private:
  std::string run_name() const {
    return std::filesystem::path(folder_).lexically_normal().filename().string();
  }
  int64_t done() const { return run_->status().autoencoder_step - skipped_ + run_->status().flow_step; }

  void require_same_digits(const inference::Model& model, const files::Dataset& dataset) const {
    if (model.data_digest == dataset.digest) return;
    throw InputError("cannot replay " + folder_ + ": it was trained on " + model.data_name +
                     ", not on the digits in use (" + dataset.name + "); name them with --data");
  }

  void require_something() const {
    if (recorded_.known() && std::any_of(recorded_.entries.begin(), recorded_.entries.end(), is_mark)) return;
    throw InputError("cannot replay " + folder_ +
                     ": it has no recorded weights (an earlier version made it, or it was stopped at once)");
  }

  /// The run before its first step.
  void begin(const data::DataTensors& data, const Settings& settings, const std::string& from,
             const DeviceChoice& device) {
    for (const auto& entry : recorded_.entries) last_ = std::max(last_, steps_of(entry));
    const records::Environment* first = first_environment();
    if (first) threads_ = first->threads;
    const Threads as_then(threads_);
    threads_ = as_then.granted();  // if they are fewer than then, the note below says so
    training::Accelerator* accelerator = recorded_.pairs > 0 ? nullptr : device(settings);
    const Settings repeated = first ? run::with_arithmetic_of(*first, settings) : settings;
    if (first) note_ = records::difference(*first, run::this_environment(accelerator, repeated));
    if (!note_.empty()) note_ += ": the bytes may differ";
    if (recorded_.pairs <= 0 && !from.empty())
      throw InputError("cannot replay " + folder_ + ": it is not a reflow; leave out --from");
    model_ = recorded_.pairs > 0 ? reflowed(from) : inference::make_model(repeated);
    model_->settings.general.arithmetic = repeated.general.arithmetic;
    if (accelerator) inference::move_model(*model_, accelerator->device());
    run_ = std::make_unique<run::TrainingRun>(*model_, data, Budget{}, accelerator);
    if (recorded_.pairs > 0) run_->reflow(recorded_.pairs);
    run_->repeat(recorded_);
    skipped_ = recorded_.pairs > 0 ? model_->autoencoder_steps : 0;
    last_ -= skipped_;
    if (limit_ > 0) last_ = std::min(last_, limit_);
  }

  const records::Environment* first_environment() const {
    for (const auto& entry : recorded_.entries)
      if (entry.what == What::Session) return &entry.environment;
    return nullptr;
  }

  /// The initial model of a reflow, ready for training.
  std::unique_ptr<inference::Model> reflowed(const std::string& from) const {
    if (from.empty())
      throw InputError("cannot replay " + folder_ +
                       ": it is a reflow; name the model that it started from with --from");
    const std::filesystem::path given(from);
    const bool run = is_folder(given);
    auto student =
        inference::student_of(*inference::load_model((run ? given / "model.safetensors" : given).string()));
    if (run::flow_digest(*student) != recorded_.start)
      throw InputError("cannot replay " + folder_ + ": it did not start from the model in " + from);
    return student;
  }

  /// Repeats the recorded change at this point. False if the replay ends here.
  bool apply_due() {
    while (next_ < recorded_.entries.size() && steps_of(recorded_.entries[next_]) - skipped_ <= done()) {
      const records::ProvenanceEntry& entry = recorded_.entries[next_];
      if (is_mark(entry)) return true;  // compared when its step is made
      if (entry.what == What::Extend && run_->stage() != run::RunStage::Finished) return true;
      ++next_;
      if (entry.what == What::Rate) run_->lower_rates(entry.number);
      if (entry.what == What::Finish) run_->finish_within(static_cast<int64_t>(entry.number));
      if (entry.what == What::Extend) run_->extend(Budget{0, static_cast<int64_t>(entry.number), 0, 0});
      if (entry.what == What::Session && !same_session(entry)) return false;
    }
    return next_ < recorded_.entries.size();
  }

  /// A run that continued elsewhere can be followed up to there.
  bool same_session(const records::ProvenanceEntry& entry) {
    const records::Environment& first = *first_environment();
    if (entry.environment == first) return true;
    note_ += (note_.empty() ? "" : "; ") + ("followed up to " + place_of(entry)) +
             ", where the run was resumed with " + records::difference(first, entry.environment);
    return false;
  }

  void compare() {
    for (; next_ < recorded_.entries.size(); ++next_) {
      const records::ProvenanceEntry& entry = recorded_.entries[next_];
      if (!is_mark(entry) || steps_of(entry) - skipped_ != done()) break;
      note_comparison(entry, of_flow(entry) ? run::flow_digest(*model_) : run::autoencoder_digest(*model_));
    }
    const bool enough = limit_ > 0 && done() >= limit_;
    stopped_ = enough || !different_.empty();
  }

  void note_comparison(const records::ProvenanceEntry& entry, const std::string& digest) {
    const bool same = digest == entry.digest;
    same ? void(++agreed_) : void(different_ = place_of(entry));
    rows_.push_back(
        printed("%-26s %s  %s", place_of(entry).c_str(), digest.substr(0, kShownLetters).c_str(),
                same ? "the same" : ("recorded " + entry.digest.substr(0, kShownLetters)).c_str()));
    json_.push_back(nlohmann::ordered_json{
        {"part", of_flow(entry) ? "flow" : "autoencoder"},
        {"step", of_flow(entry) ? entry.flow_step : entry.autoencoder_step},
        {"weights", digest},
        {"recorded", entry.digest},
        {"same", same}}.dump());
  }

  std::string verdict() const {
    const std::string marks = std::to_string(agreed_) + (agreed_ == 1 ? " recorded step" : " recorded steps");
    if (!different_.empty())
      return "the replay of " + run_name() + " differs from the run at " + different_ + ", after " + marks +
             " that agreed";
    if (agreed_ == 0) return "no recorded step of " + run_name() + " was reached: nothing was compared";
    return "the run gives the same bytes again: " + marks + " agree after training " +
           std::to_string(done()) + " steps";
  }

  std::string folder_;
  int64_t limit_;
  records::Provenance recorded_;
  std::unique_ptr<inference::Model> model_;
  std::unique_ptr<run::TrainingRun> run_;
  int64_t threads_ = 0, skipped_ = 0, last_ = 0;  ///< skipped_: steps that a reflow's model had before
  size_t next_ = 0;
  bool stopped_ = false;
  std::string note_, different_;
  int64_t agreed_ = 0;
  std::vector<std::string> rows_, json_;
};

}  // namespace

std::unique_ptr<SlicedJob> make_replay_job(const data::DataTensors& data, const files::Dataset& dataset,
                                           const ReplayCommand& command, const DeviceChoice& device) {
  return std::make_unique<ReplayJob>(data, dataset, command, device);
}

}  // namespace lf::jobs
