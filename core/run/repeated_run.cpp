#include "run/repeated_run.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <filesystem>

#include "base/errors.h"
#include "base/paths.h"
#include "config/branch_settings.h"
#include "parallel/thread_count.h"
#include "run/environment.h"
#include "run/folder.h"
#include "run/weights_digest.h"

namespace lf::run {
namespace {

using What = records::ProvenanceEntry::What;

int64_t steps_of(const records::ProvenanceEntry& entry) { return entry.autoencoder_step + entry.flow_step; }

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

/// The settings before the first branch: those of the end, with every change taken back.
Settings first_settings(Settings settings, const records::Provenance& recorded) {
  for (auto entry = recorded.entries.rbegin(); entry != recorded.entries.rend(); ++entry)
    if (entry->what == What::Branch) settings = branched_settings(settings, entry->settings_before);
  return settings;
}

}  // namespace

bool has_digest(const records::ProvenanceEntry& entry) {
  return entry.what == What::Weights || entry.what == What::Decoder;
}

bool of_flow(const records::ProvenanceEntry& entry) {
  return entry.flow_step > 0 && entry.what != What::Decoder;
}

std::string place_of(const records::ProvenanceEntry& entry) {
  return of_flow(entry) ? "flow step " + std::to_string(entry.flow_step)
                        : "autoencoder step " + std::to_string(entry.autoencoder_step);
}

void require_same_digits(const inference::Model& model, const files::Dataset& digits,
                         const std::string& cannot) {
  if (model.data_digest == digits.digest) return;
  throw InputError(cannot + ": it was trained on " + model.data_name + ", not on the digits in use (" +
                   digits.name + "); name them with --data");
}

RepeatedRun::RepeatedRun(const RepeatSource& source, const DeviceChoice& device)
    : RepeatedRun(source, load_checkpoint(source.folder), device) {}

RepeatedRun::RepeatedRun(const RepeatSource& source, const Checkpoint& stored, const DeviceChoice& device)
    : source_(source) {
  const inference::Model& model = *stored.model;
  const std::string cannot = source.what + " " + source.folder + ": ";
  require_same_digits(model, source.dataset, source.what + " " + source.folder);
  recorded_ = stored_provenance(stored.state, stored.file);
  if (!recorded_.known() || std::none_of(recorded_.entries.begin(), recorded_.entries.end(), has_digest))
    throw InputError(cannot +
                     "it has no recorded weights (an earlier version made it, or it was stopped at once)");
  stored_settings_ = model.settings;
  begin(first_settings(model.settings, recorded_), device);
}

std::string RepeatedRun::name() const { return run_name(source_.folder); }

int64_t RepeatedRun::steps() const {
  const RunStatus now = run_->status();
  return now.autoencoder_step - skipped_ + now.flow_step;
}

double RepeatedRun::progress() const {
  return std::min(1.0, static_cast<double>(steps()) / static_cast<double>(std::max<int64_t>(1, last_)));
}

/// The run before its first step.
void RepeatedRun::begin(const Settings& settings, const DeviceChoice& device) {
  const std::string cannot = source_.what + " " + source_.folder + ": ";
  for (const auto& entry : recorded_.entries) last_ = std::max(last_, steps_of(entry));
  const records::Environment* first = first_environment();
  if (first) threads_ = first->threads;
  const Threads as_then(threads_);
  threads_ = as_then.granted();  // if they are fewer than then, the note below says so
  training::Accelerator* accelerator = recorded_.pairs > 0 ? nullptr : device(settings);
  const Settings repeated = first ? with_arithmetic_of(*first, settings) : settings;
  if (first) note_ = records::difference(*first, this_environment(accelerator, repeated));
  if (!note_.empty()) note_ += ": the bytes may differ";
  if (recorded_.pairs <= 0 && !source_.from.empty())
    throw InputError(cannot + "it is not a reflow; leave out --from");
  model_ = recorded_.pairs > 0 ? reflowed() : inference::make_model(repeated);
  model_->data_name = source_.dataset.name;
  model_->data_digest = source_.dataset.digest;
  model_->settings.general.arithmetic = repeated.general.arithmetic;
  if (accelerator) inference::move_model(*model_, accelerator->device());
  run_ = std::make_unique<TrainingRun>(*model_, source_.data, Budget{}, accelerator);
  if (recorded_.pairs > 0) run_->reflow(recorded_.pairs);
  run_->repeat(recorded_);
  skipped_ = recorded_.pairs > 0 ? model_->autoencoder_steps : 0;
  last_ -= skipped_;
}

const records::Environment* RepeatedRun::first_environment() const {
  for (const auto& entry : recorded_.entries)
    if (entry.what == What::Session) return &entry.environment;
  return nullptr;
}

/// The initial model of a reflow, ready for training.
std::unique_ptr<inference::Model> RepeatedRun::reflowed() const {
  const std::string cannot = source_.what + " " + source_.folder + ": ";
  if (source_.from.empty())
    throw InputError(cannot + "it is a reflow; name the model that it started from with --from");
  const std::filesystem::path given(source_.from);
  auto student =
      inference::student_of(*inference::load_model((is_folder(given) ? given / kModelName : given).string()));
  if (flow_digest(*student) != recorded_.start)
    throw InputError(cannot + "it did not start from the model in " + source_.from);
  return student;
}

bool RepeatedRun::advance() {
  const Threads as_then(threads_);
  if (stopped_ || !apply_due() || run_->stage() == RunStage::Finished) return false;
  const int64_t before = steps();
  run_->advance();
  if (steps() != before) compare();
  return true;
}

/// Repeats the recorded changes at this point. False if the run can be followed no further.
bool RepeatedRun::apply_due() {
  while (!record_ends() && steps_of(recorded_.entries[next_]) - skipped_ <= steps()) {
    const records::ProvenanceEntry& entry = recorded_.entries[next_];
    if (has_digest(entry)) return true;  // compared when its step is made
    if (entry.what == What::Extend && run_->stage() != RunStage::Finished) return true;
    ++next_;
    if (!apply(entry)) return !(stopped_ = true);
  }
  return true;
}

bool RepeatedRun::apply(const records::ProvenanceEntry& entry) {
  switch (entry.what) {
    case What::Session:
      return same_session(entry);
    case What::Rate:
      run_->lower_rates(entry.number);
      return true;
    case What::Finish:
      run_->finish_within(static_cast<int64_t>(entry.number));
      return true;
    case What::Extend:
      run_->extend(Budget{0, static_cast<int64_t>(entry.number), 0, 0});
      return true;
    case What::Branch:
      branch(entry);
      return true;
    case What::Weights:
    case What::Decoder:
      return true;
  }
  return true;
}

/// As the branch itself began: from a checkpoint, with its settings.
void RepeatedRun::branch(const records::ProvenanceEntry& entry) {
  run_->settle();
  run_->begin_branch(entry.parent, branched_settings(model_->settings, entry.settings));
  const auto state = run_->to_map();
  training::Accelerator* accelerator = run_->accelerator();
  auto continued = std::make_unique<TrainingRun>(*model_, source_.data, Budget{}, accelerator);
  continued->load(state, source_.folder);
  run_ = std::move(continued);
}

/// A run that continued elsewhere can be followed up to there.
bool RepeatedRun::same_session(const records::ProvenanceEntry& entry) {
  const records::Environment& first = *first_environment();
  if (entry.environment == first) return true;
  note_ += (note_.empty() ? "" : "; ") + ("followed up to " + place_of(entry)) +
           ", where the run was resumed with " + records::difference(first, entry.environment);
  return false;
}

void RepeatedRun::compare() {
  for (; !record_ends(); ++next_) {
    const records::ProvenanceEntry& entry = recorded_.entries[next_];
    if (!has_digest(entry) || steps_of(entry) - skipped_ != steps()) break;
    compared_.push_back({entry, of_flow(entry) ? flow_digest(*model_) : autoencoder_digest(*model_)});
  }
}

}  // namespace lf::run
