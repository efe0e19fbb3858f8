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

namespace lf {

/// The file of a run folder that a resume begins with.
inline constexpr const char* kCheckpointName = "checkpoint.safetensors";
/// The one that others read.
inline constexpr const char* kModelName = "model.safetensors";

/// What the report says beside the run's own figures.
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

/// A run as its checkpoint has it.
struct Checkpoint {
  std::unique_ptr<Model> model;
  std::map<std::string, at::Tensor> state;  ///< what TrainingRun::load takes
  std::string file;                         ///< named in errors
};

/// Reads `folder`'s checkpoint: one file with weights and state, so that the two always belong together. The
/// weights of runs of earlier versions stand in their model file. Throws InputError.
Checkpoint load_checkpoint(const std::filesystem::path& folder);

/// Writes everything but the gallery, the checkpoint first. Throws RunError, DivergedError where a weight is
/// no number: what was saved before stays.
void save_run(const std::filesystem::path& folder, const Model& model, const TrainingRun& run,
              const RunFacts& facts);

/// Puts the figures of a score into the model's metadata.
void note_score(Model& model, const Score& score, const std::string& judge);

/// The figures that note_score() once put there; not valid where there are none.
Score stored_score(const Model& model);

/// The budget a run was started with, as its report tells; the preset's own where it cannot be read.
Budget stored_budget(const std::filesystem::path& folder);

/// The curves in a run's folder, none where it has no history.csv. Throws InputError where that cannot be
/// read.
History stored_history(const std::filesystem::path& folder);

/// Reads a whole text file; "" where it cannot be read.
std::string read_text_file(const std::filesystem::path& file);

}  // namespace lf
