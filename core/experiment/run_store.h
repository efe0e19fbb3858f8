// Writes a run to its folder: model, checkpoint, curves, report, commands, gallery. Each file is replaced as
// a whole.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "experiment/gallery.h"
#include "experiment/training_run.h"
#include "messages/snapshot.h"

namespace lf {

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

/// Writes everything but the gallery. Throws RunError.
void save_run(const std::filesystem::path& folder, const Model& model, const TrainingRun& run,
              const RunFacts& facts);

/// Puts the figures of a score into the model's metadata.
void note_score(Model& model, const Score& score, const std::string& judge);

/// The figures that note_score() once put there; not valid where there are none.
Score stored_score(const Model& model);

/// The budget a run was started with, as its report tells; the preset's own where it cannot be read.
Budget stored_budget(const std::filesystem::path& folder);

/// Reads a whole text file; "" where it cannot be read.
std::string read_text_file(const std::filesystem::path& file);

}  // namespace lf
