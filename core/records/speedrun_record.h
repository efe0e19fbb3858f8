// The record of a speedrun: what was trained where, its time and its scores, as speedrun.json.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "config/speedrun.h"

namespace lf::records {

/// Name of the file in a speedrun's folder.
inline constexpr const char* kSpeedrunName = "speedrun.json";

/// A judge's scores of 10,000 samples.
struct SpeedrunScore {
  double fd = 0;            ///< percent
  double accuracy = 0;      ///< share, 0..1; −1 if the network is unconditional
  double memorisation = 0;  ///< share, 0..1, as in Score
};

/// One run: from untrained weights to a model.
struct SpeedrunEntry {
  double target = 0;                     ///< FD% to reach
  std::string folder;                    ///< of the run, a name beside the record
  std::string model, autoencoder, flow;  ///< SHA-256 of the model's file and of its weights
  double seconds = 0;                    ///< of training, as in report.json
  double elapsed = 0;                    ///< elapsed seconds in total
  int64_t autoencoder_steps = 0, flow_steps = 0;
  std::map<std::string, std::string> settings;  ///< those that differ from the preset
  SpeedrunScore score;
};

/// The data that all runs of a record share.
struct SpeedrunRecord {
  int64_t rules = kSpeedrunRules;
  std::string started;                        ///< local time, ISO 8601
  std::string program;                        ///< version, identity of the build, LibTorch
  std::string processor, device, arithmetic;  ///< names, for display
  int64_t cores = 0, threads = 0;
  double memory_gb = 0;  ///< 10⁹ bytes
  std::string preset;
  uint64_t seed = 0;
  std::string solver;                    ///< of the samples
  int64_t evaluations = 0;               ///< function evaluations per sample
  std::string data_name, data_digest;    ///< Dataset::digest
  std::string judge_name, judge_digest;  ///< SHA-256 of its file
  std::vector<SpeedrunEntry> entries;
};

/// Why a score with this FD% misses a target, as text; "" if it reaches it.
std::string missed(const SpeedrunScore& score, double fd);

/// Why a record is no entry by the rules, one reason per line; empty if it is one.
std::vector<std::string> departures(const SpeedrunRecord& record);

/// As JSON, indented.
std::string record_text(const SpeedrunRecord& record);

/// The inverse. Throws InputError that begins with `file` and names the field.
SpeedrunRecord parse_record(const std::string& text, const std::string& file);

}  // namespace lf::records
