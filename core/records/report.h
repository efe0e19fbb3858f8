// Reads a run's own reports: report.json, and the scores in a model's metadata. Missing or invalid
// values keep their defaults, so that a list of runs never fails because of one.
#pragma once

#include <map>
#include <string>

#include "config/settings.h"
#include "protocol/snapshot.h"
#include "records/provenance.h"

namespace lf::records {

/// Adds a report.json to the summary of its run; "unfinished" if there is no report.
void read_report(const std::string& text, RunSummary& run);

/// The provenance in a report.json; unknown where there is none, or it is damaged. `file` is named in errors.
Provenance provenance_of_report(const std::string& text, const std::string& file);

/// Digits per step; 0 if unknown.
struct Batches {
  int64_t autoencoder = 0, flow = 0;
};

/// Those of the settings in a report.json.
Batches batches_of_report(const std::string& text);

/// The budget in a report.json.
Budget budget_of_report(const std::string& text);

/// The scores that note_score() once put into a model's metadata; not valid if there are none.
Score score_of_facts(const std::map<std::string, std::string>& facts);

/// Accuracy per class and shares of the predicted classes, from the score's confusions.
void fill_shares(Score& score);

}  // namespace lf::records
