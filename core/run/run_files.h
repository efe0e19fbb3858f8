// Writes a run to its folder: model, checkpoint, curves, report, commands, gallery. Each file is replaced as
// a whole.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "preview/gallery.h"
#include "protocol/snapshot.h"
#include "records/history.h"
#include "run/training_run.h"

namespace lf::run {

/// The file of a run folder from which a resume starts.
inline constexpr const char* kCheckpointName = "checkpoint.safetensors";
/// The file for other programs.
inline constexpr const char* kModelName = "model.safetensors";

/// The report's data besides the run's own numbers.
struct RunFacts {
  std::string state;    ///< running, paused, done
  std::string started;  ///< local time, ISO 8601
  std::string device;
  int64_t threads = 0;
  Budget budget;
  Score score;  ///< full evaluation, if valid
  std::string judge;
  std::vector<std::string> commands;
};

/// A run as stored in its checkpoint.
struct Checkpoint {
  std::unique_ptr<inference::Model> model;
  std::map<std::string, at::Tensor> state;  ///< for TrainingRun::load
  std::string file;                         ///< named in errors
};

/// Reads `folder`'s checkpoint: one file with weights and state, so that both always belong
/// together. The weights of runs of earlier versions are in their model file. Throws InputError.
Checkpoint load_checkpoint(const std::filesystem::path& folder);

/// Writes everything but the gallery, the checkpoint first. Throws RunError, or DivergedError if a
/// weight is NaN: the previous files stay.
void save_run(const std::filesystem::path& folder, const inference::Model& model, const TrainingRun& run,
              const RunFacts& facts);

/// Puts the results of a score into the model's metadata.
void note_score(inference::Model& model, const Score& score, const std::string& judge);

/// The results that note_score() once put there; not valid if there are none.
Score stored_score(const inference::Model& model);

/// The budget a run was started with, according to its report; the preset's own if it is
/// unreadable.
Budget stored_budget(const std::filesystem::path& folder);

/// The curves in a run's folder, none without a history.csv. Throws InputError if it is unreadable.
records::History stored_history(const std::filesystem::path& folder);

/// Reads a whole text file; "" if it is unreadable.
std::string read_text_file(const std::filesystem::path& file);

}  // namespace lf::run
