// A stored run, trained again from its seed as its record says: for replays, branches, and to find where two
// runs diverge.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "files/idx/image_set.h"
#include "run/run_files.h"
#include "run/training_run.h"

namespace lf::run {

/// The accelerator that settings select; null for the processor.
using DeviceChoice = std::function<training::Accelerator*(const Settings&)>;

/// A stored run to repeat. The digits outlive what repeats it.
struct RepeatSource {
  std::string what;    ///< begins errors: "cannot replay"
  std::string folder;  ///< of the run
  std::string from;    ///< of a reflow: the model that it started from; else ""
  const data::DataTensors& data;
  const files::Dataset& dataset;
};

/// Recorded weights at a step that was repeated.
struct RecordedWeights {
  records::ProvenanceEntry entry;
  std::string digest;  ///< of the repeated weights
  bool same() const { return digest == entry.digest; }
};

/// Throws InputError, beginning with `cannot` and a colon, unless the model was trained on these digits.
void require_same_digits(const inference::Model& model, const files::Dataset& digits,
                         const std::string& cannot);

/// "flow step 20": the position of an entry.
std::string place_of(const records::ProvenanceEntry& entry);
/// True if the entry holds a digest of weights.
bool has_digest(const records::ProvenanceEntry& entry);
/// True if that digest is of the flow's weights.
bool of_flow(const records::ProvenanceEntry& entry);

class RepeatedRun : public SlicedWork {
 public:
  /// The run before its first step. Throws InputError for runs that cannot be repeated, and for digits other
  /// than theirs.
  RepeatedRun(const RepeatSource& source, const DeviceChoice& device);
  /// The same of a checkpoint that was read already.
  RepeatedRun(const RepeatSource& source, const Checkpoint& stored, const DeviceChoice& device);
  RepeatedRun(const RepeatedRun&) = delete;
  RepeatedRun& operator=(const RepeatedRun&) = delete;

  /// One slice. False when it is finished, or cannot be followed further: note() says why.
  bool advance() override;
  double progress() const override;
  /// Optimiser steps made so far; those that a reflow's model had before do not count.
  int64_t steps() const;
  /// The same at the last entry of the record.
  int64_t recorded_steps() const { return last_; }
  /// True once every entry of the record was repeated.
  bool record_ends() const { return next_ >= recorded_.entries.size(); }
  /// The comparisons since the last call.
  std::vector<RecordedWeights> take_compared() { return std::exchange(compared_, {}); }
  /// Why the bytes may differ, or where the run could not be followed; "" mostly.
  const std::string& note() const { return note_; }
  /// The name of the run.
  std::string name() const;

  TrainingRun& run() { return *run_; }
  const TrainingRun& run() const { return *run_; }
  inference::Model& model() { return *model_; }
  /// The settings that its record ends with; those of model() may name another arithmetic.
  const Settings& stored_settings() const { return stored_settings_; }

 private:
  void begin(const Settings& settings, const DeviceChoice& device);
  std::unique_ptr<inference::Model> reflowed() const;
  const records::Environment* first_environment() const;
  bool apply_due();
  bool apply(const records::ProvenanceEntry& entry);
  void branch(const records::ProvenanceEntry& entry);
  bool same_session(const records::ProvenanceEntry& entry);
  void compare();

  RepeatSource source_;
  records::Provenance recorded_;
  Settings stored_settings_;
  std::unique_ptr<inference::Model> model_;
  std::unique_ptr<TrainingRun> run_;
  int64_t threads_ = 0, skipped_ = 0, last_ = 0;  ///< skipped_: steps that a reflow's model had before
  size_t next_ = 0;
  bool stopped_ = false;
  std::string note_;
  std::vector<RecordedWeights> compared_;
};

}  // namespace lf::run
