// The record of a sweep, sweep.json in its folder: the plan, and state and results of every run. A sweep
// continues from it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/sweep.h"
#include "records/plan.h"

namespace lf::records {

/// Names of the files in a sweep's folder.
inline constexpr const char* kSweepName = "sweep.json";
inline constexpr const char* kSweepTableName = "sweep.csv";

struct SweepRecord {
  SweepPlan plan;
  std::string started;  ///< local time, ISO 8601
  std::string program, device, arithmetic;
  int64_t threads = 0;
  std::string data_name, data_digest;
  std::string judge_name, judge_digest;  ///< SHA-256 of its file
  int64_t samples = 0;                   ///< of a score
  RunPlan steps;                         ///< of all runs, fixed by the first one; no steps: not fixed
  std::vector<SweepRun> runs;            ///< in the order of training
  std::vector<std::string> notes;        ///< what differs between its sessions
};

/// The runs of a plan before the first: every combination with the first seed, then with the next.
std::vector<SweepRun> planned_runs(const SweepPlan& plan);

/// As JSON, indented, with the results of each combination.
std::string sweep_record_text(const SweepRecord& record);

/// True for the text of a record, false for that of a plan, whose file may have the same name.
bool is_sweep_record(const std::string& text);

/// The inverse. Throws InputError that begins with `file` and names the field; runs that are not those of
/// the plan are refused.
SweepRecord parse_sweep_record(const std::string& text, const std::string& file);

/// One row per run, in the order of training: settings, seed, state, steps, scores.
std::string sweep_csv(const SweepPlan& plan, const std::vector<SweepRun>& runs);

/// The same for people: runs by rank, then combinations with mean and standard deviation over the seeds, and
/// the best of them.
std::vector<std::string> sweep_table(const SweepPlan& plan, const std::vector<SweepRun>& runs);

/// One JSON object per run, by rank, then one per combination.
std::vector<std::string> sweep_json_lines(const SweepPlan& plan, const std::vector<SweepRun>& runs);

}  // namespace lf::records
