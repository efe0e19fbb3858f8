// Reads back what a run wrote about itself: report.json, and the figures in a model's metadata. Anything that
// is missing, of another type or no possible value keeps its default: a list of runs must not fail for one of
// them.
#pragma once

#include <map>
#include <string>

#include "config/settings.h"
#include "protocol/snapshot.h"

namespace lf {

/// Puts what a report.json says into the summary of its run; "unfinished" where there is no report.
void read_report(const std::string& text, RunSummary& run);

/// The budget in a report.json.
Budget budget_of_report(const std::string& text);

/// The figures that note_score() once put into a model's metadata; not valid where there are none.
Score score_of_facts(const std::map<std::string, std::string>& facts);

/// Accuracy per digit and shares of the judged digits, out of the score's confusions.
void fill_shares(Score& score);

}  // namespace lf
